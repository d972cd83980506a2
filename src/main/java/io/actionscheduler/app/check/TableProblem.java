package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Something about a row that a person should know before the scheduler runs.
 *
 * @param action its id as text
 * @param message one line: the action, the column, the value and what is allowed
 */
public record TableProblem(Kind kind, String action, String message) {

  /** The kind of problem. */
  public enum Kind {
    /** The row cannot be understood, and its action does not fire. */
    REJECTED,
    /** It has no scheduled time to come. */
    NEVER_FIRES,
    /** The Python program reads it differently. */
    DIALECT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TableProblem {
    requireNonNull(kind, "kind is null");
    requireNonNull(action, "action is null");
    requireNonNull(message, "message is null");
  }
}
