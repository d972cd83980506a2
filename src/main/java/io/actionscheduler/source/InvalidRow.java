package io.actionscheduler.source;

import io.actionscheduler.text.Quoted;

/**
 * A row that cannot be understood. The message names the column, the value and what is allowed; the
 * action is named by whoever tells it on.
 */
public final class InvalidRow extends Exception {
  private static final int LONGEST_PROBLEM = 300;

  private InvalidRow(String message) {
    super(message, null, false, false); // made by the million, and no defect: no stack trace
  }

  /**
   * A value that is not allowed.
   *
   * @param value null for NULL
   * @param problem what is wrong, or what is allowed
   */
  static InvalidRow of(Column column, String value, String problem) {
    return ofShown(column, value == null ? "NULL" : Quoted.quote(value), problem);
  }

  /** As {@link #of}, for a value that is shown as it is given. */
  static InvalidRow ofShown(Column column, String shown, String problem) {
    // What others say of the value may repeat it whole, line breaks and all.
    String told =
        problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) + "…" : problem;
    return new InvalidRow(column + " " + shown + ": " + Quoted.escape(told));
  }

  /** This fault with the row that it is in, for people. */
  InvalidRow in(ActionRow row) {
    return new InvalidRow(row.label() + ": " + getMessage());
  }
}
