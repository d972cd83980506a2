package io.actionscheduler.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;

/**
 * The values of some rows. A herd writes millions of numbers, so they are kept as such: an object
 * is only made of those that differ from the row before, and only while they are bound.
 */
final class ValueBlock implements Bulk.Values {
  private static final Object NUMBER = new Object(); // instead of a text: see numbers

  private final int columns;
  private final long all; // a bit for each column
  private final long[] numbers;
  private final Object[] texts; // null for NULL
  private final Long[] bound; // the latest number of each column that was bound row by row
  private int next;
  private int column;
  private long shared; // columns with the same value in each row, a bit each

  /**
   * @param columns of a row; at most 63
   * @param rows at most
   */
  ValueBlock(int columns, int rows) {
    this.columns = columns;
    this.all = (1L << columns) - 1;
    this.numbers = new long[columns * rows];
    this.texts = new Object[columns * rows];
    this.bound = new Long[columns];
    this.shared = all;
  }

  /** Begins with the first row again. */
  void clear() {
    next = 0;
    column = 0;
    shared = all;
  }

  /** The columns in which all rows have the same value, a bit each, the first one the lowest. */
  long shared() {
    return shared;
  }

  /**
   * Sets the values of the columns {@code once} of the first row, then the others of each row.
   *
   * @param once some of those that are shared
   */
  void bind(PreparedStatement statement, long once) throws SQLException {
    int place = 0;
    for (int i = 0; i < columns; i++) {
      if ((once >> i & 1) == 1) {
        bind(statement, ++place, 0, i);
      }
    }
    for (int row = 0; row < next; row += columns) {
      for (int i = 0; i < columns; i++) {
        if ((once >> i & 1) == 0) {
          bind(statement, ++place, row, i);
        }
      }
    }
  }

  private void bind(PreparedStatement statement, int place, int row, int column)
      throws SQLException {
    Object text = texts[row + column];
    if (text == NUMBER) {
      statement.setObject(place, boxed(numbers[row + column], column));
    } else if (text == null) {
      statement.setNull(place, Types.NULL);
    } else {
      statement.setString(place, (String) text);
    }
  }

  /** The number, as the same object where the row before has it: most columns change rarely. */
  private Long boxed(long number, int column) {
    Long latest = bound[column];
    if (latest == null || latest != number) {
      latest = number;
      bound[column] = latest;
    }
    return latest;
  }

  /** Whether the column may still have the same value in each row; then it is to be compared. */
  private boolean isShared() {
    return (shared >> column & 1) == 1;
  }

  private void moveOn(boolean same) {
    if (!same) {
      shared &= ~(1L << column);
    }
    next++;
    column = column + 1 == columns ? 0 : column + 1;
  }

  @Override
  public Bulk.Values number(long value) {
    texts[next] = NUMBER;
    numbers[next] = value;
    moveOn(isShared() && texts[column] == NUMBER && numbers[column] == value);
    return this;
  }

  @Override
  public Bulk.Values noNumber() {
    return text(null);
  }

  @Override
  public Bulk.Values text(String value) {
    texts[next] = value;
    moveOn(isShared() && Objects.equals(texts[column], value));
    return this;
  }

  @Override
  public Bulk.Values flag(boolean value) {
    return number(value ? 1 : 0);
  }
}
