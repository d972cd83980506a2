package io.actionscheduler.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A statement with many rows of values, {@code … VALUES (?, ?), (?, ?) …}, as both databases accept
 * it.
 *
 * @param head the text before the first row
 * @param row placeholders of one row: {@code (?, ?)}
 * @param tail the text after the last row
 */
record Rows(String head, String row, String tail) implements Bulk {
  /** PostgreSQL allows 65,535 values in a statement, SQLite 32,766. */
  private static final int AT_ONCE = 200;

  /** Inserts rows of {@code columns}; {@code tail} says what happens to existing rows. */
  static Rows insert(String verb, String table, List<String> columns, String tail) {
    return new Rows(
        verb + " INTO " + table + " (" + String.join(", ", columns) + ") VALUES ",
        "(" + String.join(",", Collections.nCopies(columns.size(), "?")) + ")",
        tail);
  }

  /** The values of one statement, set one after the other. */
  private static final class Places implements Values {
    private final PreparedStatement statement;
    private int set;

    Places(PreparedStatement statement) {
      this.statement = statement;
    }

    @Override
    public Values number(long value) throws SQLException {
      statement.setLong(++set, value);
      return this;
    }

    @Override
    public Values noNumber() throws SQLException {
      statement.setNull(++set, Types.BIGINT);
      return this;
    }

    @Override
    public Values text(String value) throws SQLException {
      statement.setString(++set, value);
      return this;
    }

    @Override
    public Values flag(boolean value) throws SQLException {
      statement.setBoolean(++set, value);
      return this;
    }
  }

  @Override
  public <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException {
    int whole = rows.size() - rows.size() % AT_ONCE;
    if (whole > 0) {
      execute(handle, rows.subList(0, whole), AT_ONCE, binder);
    }
    if (whole < rows.size()) {
      execute(handle, rows.subList(whole, rows.size()), rows.size() - whole, binder);
    }
  }

  private <T> void execute(Handle handle, List<T> rows, int atOnce, Binder<T> binder)
      throws SQLException {
    String sql = head + String.join(",", Collections.nCopies(atOnce, row)) + tail;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (int from = 0; from < rows.size(); from += atOnce) {
        Values values = new Places(statement);
        for (T each : rows.subList(from, from + atOnce)) {
          binder.bind(values, each);
        }
        statement.execute();
      }
    }
  }
}
