package io.actionscheduler.store;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A statement over many rows at once. */
interface Bulk {

  /**
   * Runs it for all rows, several times if needed; does nothing when there are none.
   *
   * @throws SQLException when the database refuses a row or is unavailable; the caller rolls back
   */
  <T> void execute(Handle handle, List<T> rows, Binder<T> binder) throws SQLException;

  /** Sets the values of one row, those of each column as the same type. */
  @FunctionalInterface
  interface Binder<T> {
    void bind(Values values, T row) throws SQLException;
  }

  /** Takes the values of a row, from the first column to the last. */
  interface Values {
    Values number(long value) throws SQLException;

    /** NULL in a column of numbers. */
    Values noNumber() throws SQLException;

    /** A text, or NULL for null. */
    Values text(String value) throws SQLException;

    Values flag(boolean value) throws SQLException;

    /** The columns of a value that may be shared: its number, or NULL and its own texts. */
    default Values shared(Interned.Use use) throws SQLException {
      boolean numbered = use.number() != 0;
      Values values = numbered ? number(use.number()) : noNumber();
      for (String part : use.value()) {
        values = text(numbered ? null : part);
      }
      return values;
    }
  }
}
