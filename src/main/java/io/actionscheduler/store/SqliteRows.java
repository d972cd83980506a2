package io.actionscheduler.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/**
 * A statement over many rows of values for SQLite: {@code … VALUES (?1, ?3), (?1, ?4) …}. Binding a
 * value takes longer than storing it, so a value that the rows of one statement share in a column
 * is bound once: this makes similar rows three times as fast (docs/store.md).
 *
 * @param head all before the first row
 * @param columns of a row
 */
record SqliteRows(String head, int columns) implements Bulk {
  private static final int AT_ONCE = 200; // SQLite takes 32,766 values in a statement
  private static final int MOST_FORMS = 8;

  static SqliteRows of(String verb, String table, List<String> columns) {
    String head = verb + " INTO " + table + " (" + String.join(", ", columns) + ") VALUES ";
    return new SqliteRows(head, columns.size());
  }

  @Override
  public <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException {
    ValueBlock block = new ValueBlock(columns, Math.min(AT_ONCE, rows.size()));
    try (Forms forms = new Forms(handle.getConnection())) {
      for (int from = 0; from < rows.size(); from += AT_ONCE) {
        int to = Math.min(rows.size(), from + AT_ONCE);
        block.clear();
        for (int i = from; i < to; i++) {
          binder.bind(block, rows.get(i));
        }
        execute(block, to - from, forms);
      }
    }
  }

  private void execute(ValueBlock block, int rows, Forms forms) throws SQLException {
    long shared = forms.shared(block.shared());
    if (rows == AT_ONCE) {
      run(block, shared, forms.statement(shared));
    } else { // the last ones
      try (PreparedStatement statement = forms.prepare(shared, rows)) {
        run(block, shared, statement);
      }
    }
  }

  private static void run(ValueBlock block, long shared, PreparedStatement statement)
      throws SQLException {
    block.bind(statement, shared);
    statement.execute();
  }

  /**
   * Statements by which columns are bound once for all rows, a bit each. The rows of one write have
   * few such forms; where there are more, columns are bound row by row that were so before.
   */
  private final class Forms implements AutoCloseable {
    private final Connection connection;
    private final Map<Long, PreparedStatement> statements = new HashMap<>();
    private long everywhere = -1; // columns that were shared in every block so far

    Forms(Connection connection) {
      this.connection = connection;
    }

    /** The columns to be bound once, of those that a block shares. */
    long shared(long columns) {
      everywhere &= columns;
      return statements.size() < MOST_FORMS || statements.containsKey(columns)
          ? columns
          : everywhere;
    }

    PreparedStatement statement(long shared) throws SQLException {
      PreparedStatement statement = statements.get(shared);
      if (statement == null) {
        statement = prepare(shared, AT_ONCE);
        statements.put(shared, statement);
      }
      return statement;
    }

    PreparedStatement prepare(long shared, int rows) throws SQLException {
      return connection.prepareStatement(head + places(shared, rows));
    }

    @Override
    public void close() throws SQLException {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    }
  }

  /** The shared values have the first numbers, the others follow row by row. */
  private String places(long shared, int rows) {
    int next = Long.bitCount(shared);
    StringJoiner all = new StringJoiner(",");
    for (int row = 0; row < rows; row++) {
      StringJoiner places = new StringJoiner(",", "(", ")");
      int first = 0;
      for (int column = 0; column < columns; column++) {
        places.add("?" + ((shared >> column & 1) == 1 ? ++first : ++next));
      }
      all.add(places.toString());
    }
    return all.toString();
  }
}
