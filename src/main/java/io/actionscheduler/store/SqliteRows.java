package io.actionscheduler.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/**
 * A statement over many rows of values for SQLite: {@code … VALUES (?1, ?3), (?1, ?4) …}. Binding a
 * value takes longer than storing it, so a value that all rows share in a column is bound once:
 * this makes similar rows three times as fast (docs/store.md).
 *
 * @param head all before the first row
 * @param columns of a row
 */
record SqliteRows(String head, int columns) implements Bulk {
  private static final int AT_ONCE = 200; // SQLite takes 32,766 values in a statement
  private static final int COLLECTED = 20_000;

  static SqliteRows of(String verb, String table, List<String> columns) {
    String head = verb + " INTO " + table + " (" + String.join(", ", columns) + ") VALUES ";
    return new SqliteRows(head, columns.size());
  }

  @Override
  public <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException {
    for (int from = 0; from < rows.size(); from += COLLECTED) {
      List<T> some = rows.subList(from, Math.min(rows.size(), from + COLLECTED));
      Collected collected = new Collected(columns, some.size());
      for (T row : some) {
        binder.bind(collected, row);
      }
      execute(handle, collected, some.size());
    }
  }

  private void execute(Handle handle, Collected values, int rows) throws SQLException {
    boolean[] common = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      common[column] = values.isCommon(column);
    }
    int whole = rows - rows % AT_ONCE;
    if (whole > 0) {
      execute(handle, values, common, 0, whole, AT_ONCE);
    }
    if (whole < rows) {
      execute(handle, values, common, whole, rows, rows - whole);
    }
  }

  private void execute(
      Handle handle, Collected values, boolean[] common, int from, int to, int atOnce)
      throws SQLException {
    String sql = head + places(common, atOnce);
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int shared = 0;
      for (int column = 0; column < columns; column++) {
        if (common[column]) {
          statement.setObject(++shared, values.at(0, column));
        }
      }
      for (int block = from; block < to; block += atOnce) {
        int place = shared;
        for (int row = block; row < block + atOnce; row++) {
          for (int column = 0; column < columns; column++) {
            if (!common[column]) {
              statement.setObject(++place, values.at(row, column));
            }
          }
        }
        statement.execute();
      }
    }
  }

  /** The common values have the first numbers, the others follow row by row. */
  private String places(boolean[] common, int rows) {
    int shared = 0;
    for (boolean one : common) {
      shared += one ? 1 : 0;
    }
    int next = shared;
    StringJoiner all = new StringJoiner(",");
    for (int row = 0; row < rows; row++) {
      StringJoiner places = new StringJoiner(",", "(", ")");
      int first = 0;
      for (boolean one : common) {
        places.add("?" + (one ? ++first : ++next));
      }
      all.add(places.toString());
    }
    return all.toString();
  }

  /** Values of some rows, one after the other. */
  private static final class Collected implements Values {
    private final int columns;
    private final Object[] all;
    private int next;

    Collected(int columns, int rows) {
      this.columns = columns;
      this.all = new Object[columns * rows];
    }

    Object at(int row, int column) {
      return all[row * columns + column];
    }

    boolean isCommon(int column) {
      for (int i = column + columns; i < all.length; i += columns) {
        if (!Objects.equals(all[i], all[column])) {
          return false;
        }
      }
      return true;
    }

    private Values add(Object value) {
      all[next++] = value;
      return this;
    }

    @Override
    public Values number(long value) {
      return add(value);
    }

    @Override
    public Values numberOrNull(Long value) {
      return add(value);
    }

    @Override
    public Values text(String value) {
      return add(value);
    }

    @Override
    public Values flag(boolean value) {
      return add(value ? 1L : 0L);
    }
  }
}
