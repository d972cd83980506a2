package io.actionscheduler.source;

import io.actionscheduler.text.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row that cannot be understood. The message names the column, the value and what is allowed;
 * {@link #in} adds the action.
 */
public final class InvalidRow extends Exception {
  private static final int LONGEST_PROBLEM = 300;

  private final String subject; // empty where the message names it already
  private final String told;

  private InvalidRow(String subject, String told) {
    // There may be a million of them, and they are no defects: no stack trace.
    super(subject.isEmpty() ? told : subject + " " + told, null, false, false);
    this.subject = subject;
    this.told = told;
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
    // A message of a library may contain the whole value, with line breaks.
    String told =
        problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) + "…" : problem;
    return new InvalidRow(column.toString(), shown + ": " + Quoted.escape(told));
  }

  /**
   * An id that several have.
   *
   * @param owners for people: {@code 2 rows}
   */
  public static InvalidRow ofShared(String id, String owners) {
    return ofShown(Column.ID, id, owners + " have it; allowed is one");
  }

  /** All of {@code faults}, at least one, each in a line of its own. */
  public static InvalidRow all(List<InvalidRow> faults) {
    return faults.size() == 1
        ? faults.get(0)
        : new InvalidRow(
            "", faults.stream().map(InvalidRow::getMessage).collect(Collectors.joining("\n")));
  }

  /** The column that is at fault; empty where the message names more than it. */
  public Optional<Column> column() {
    return Column.named(subject);
  }

  /** This fault with the row that it is in, for people. */
  public InvalidRow in(ActionRow row) {
    return new InvalidRow("", row.label() + ": " + getMessage());
  }

  /**
   * What is wrong, for rows whose values stand under other names.
   *
   * @param names by column; other columns keep their own name
   */
  public String messageWith(Map<String, String> names) {
    return subject.isEmpty() ? told : names.getOrDefault(subject, subject) + " " + told;
  }
}
