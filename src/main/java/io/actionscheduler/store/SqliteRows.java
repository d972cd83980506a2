package io.actionscheduler.store;

import io.actionscheduler.db.KeptStatements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/**
 * A statement over many rows of values for SQLite: {@code … VALUES (?1, ?3), (?1, ?4) …}. Binding a
 * value takes longer than storing it, so a value that the rows of one statement share in a column
 * is bound once: this makes similar rows three times as fast (docs/store.md). The connection keeps
 * the statements: to prepare one takes as long as to run it, and a steady stream has few rows in
 * each transaction.
 */
final class SqliteRows implements Bulk {
  // SQLite takes 32,766 values in a statement. The smaller ones are for the last rows: statements
  // of any other number of rows would be used once.
  private static final int[] SIZES = {200, 40, 8, 1};
  private static final int MOST_FORMS = 8; // in one write
  private static final int MOST_TEXTS = 24;

  private final String head;
  private final int columns;
  private final Map<Form, String> texts =
      new LinkedHashMap<>(16, 0.75f, true) { // the same objects, by which statements are found
        @Override
        protected boolean removeEldestEntry(Map.Entry<Form, String> eldest) {
          return size() > MOST_TEXTS;
        }
      };

  /**
   * @param head all before the first row
   * @param columns of a row
   */
  private SqliteRows(String head, int columns) {
    this.head = head;
    this.columns = columns;
  }

  static SqliteRows of(String verb, String table, List<String> columns) {
    String head = verb + " INTO " + table + " (" + String.join(", ", columns) + ") VALUES ";
    return new SqliteRows(head, columns.size());
  }

  /**
   * What a statement looks like.
   *
   * @param shared the columns that are bound once for all rows, a bit each
   */
  private record Form(long shared, int rows) {}

  @Override
  public <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException {
    ValueBlock block = new ValueBlock(columns, Math.min(SIZES[0], rows.size()));
    try (Statements statements = new Statements(handle)) {
      int size = 0;
      for (int from = 0; from < rows.size(); ) {
        while (SIZES[size] > rows.size() - from) {
          size++;
        }
        int to = from + SIZES[size];
        block.clear();
        for (int i = from; i < to; i++) {
          binder.bind(block, rows.get(i));
        }
        Form form = new Form(statements.shared(block.shared()), SIZES[size]);
        PreparedStatement statement = statements.get(form);
        block.bind(statement, form.shared);
        statement.execute();
        from = to;
      }
    }
  }

  /**
   * The statements of one write. Its rows share few combinations of columns; where there are more,
   * columns are bound row by row that were so before.
   */
  private final class Statements implements AutoCloseable {
    private final Handle handle;
    private final Map<Form, KeptStatements.Loan> loans = new HashMap<>();
    private final Set<Long> combinations = new HashSet<>();
    private long everywhere = -1; // columns that were shared in every block so far

    Statements(Handle handle) {
      this.handle = handle;
    }

    /** The columns to be bound once, of those that a block shares. */
    long shared(long columns) {
      everywhere &= columns;
      if (combinations.size() < MOST_FORMS) {
        combinations.add(columns);
      }
      return combinations.contains(columns) ? columns : everywhere;
    }

    PreparedStatement get(Form form) throws SQLException {
      KeptStatements.Loan loan = loans.get(form);
      if (loan == null) {
        loan = KeptStatements.lendLong(handle, text(form));
        loans.put(form, loan);
      }
      return loan.statement();
    }

    @Override
    public void close() throws SQLException {
      for (KeptStatements.Loan loan : loans.values()) {
        loan.close();
      }
    }
  }

  private synchronized String text(Form form) {
    return texts.computeIfAbsent(form, any -> head + places(any.shared, any.rows));
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
