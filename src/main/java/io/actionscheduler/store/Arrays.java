package io.actionscheduler.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * A statement that takes its rows as one array per column, {@code unnest(?, ?, …)}: what PostgreSQL
 * reads fastest short of COPY, which cannot replace rows.
 *
 * @param head the text before the {@code SELECT} from the arrays
 * @param tail the text after it
 */
record Arrays(String head, String tail) implements Bulk {
  private static final int AT_ONCE = 10_000;

  @Override
  public <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException {
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      Columns columns = new Columns();
      for (T row : rows.subList(from, Math.min(rows.size(), from + AT_ONCE))) {
        columns.next = 0;
        binder.bind(columns, row);
      }
      execute(handle, columns.all);
    }
  }

  private void execute(Handle handle, List<Column> columns) throws SQLException {
    String places =
        columns.stream()
            .map(column -> "?::" + column.type() + "[]")
            .collect(Collectors.joining(", "));
    String sql = head + " SELECT * FROM unnest(" + places + ")" + tail;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        statement.setArray(
            i + 1, statement.getConnection().createArrayOf(column.type(), column.values()));
      }
      statement.execute();
    }
  }

  private record Column(String type, List<Object> collected) {
    Object[] values() {
      return collected.toArray();
    }
  }

  /** Collects values by column. */
  private static final class Columns implements Values {
    private final List<Column> all = new ArrayList<>();
    private int next;

    private Values add(String type, Object value) {
      if (next == all.size()) {
        all.add(new Column(type, new ArrayList<>()));
      }
      all.get(next++).collected().add(value);
      return this;
    }

    @Override
    public Values number(long value) {
      return add("bigint", value);
    }

    @Override
    public Values noNumber() {
      return add("bigint", null);
    }

    @Override
    public Values text(String value) {
      return add("text", value);
    }

    @Override
    public Values flag(boolean value) {
      return add("boolean", value);
    }
  }
}
