package io.actionscheduler.api;

import io.actionscheduler.http.Faults;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a row, told by the places of the values in the body of a request. */
final class RowFaults {
  private static final String GOOD_SCHEDULE = "@daily";

  private RowFaults() {}

  /**
   * Everything that is wrong with a row: one wrong value does not hide the others.
   *
   * @param fault the first one
   */
  static Problem all(InvalidRow fault, ActionRow row, RowReader reader, Map<String, Object> body) {
    Faults faults = new Faults();
    ActionRow left = row;
    InvalidRow next = fault;
    for (int i = 0; i < Column.values().length && next.column().isPresent(); i++) {
      Column column = next.column().get();
      add(faults, next, column, body);
      left = left.with(column, good(column));
      try {
        reader.read(left);
        return faults.toProblem();
      } catch (InvalidRow e) {
        next = e;
      }
    }
    return faults.isEmpty() ? one(fault, body) : faults.toProblem();
  }

  /** A fault that was found by writing the row. */
  static Problem one(InvalidRow fault, Map<String, Object> body) {
    if (fault.column().isEmpty()) {
      return Problem.of(422, fault.getMessage());
    }
    Faults faults = new Faults();
    add(faults, fault, fault.column().get(), body);
    return faults.toProblem();
  }

  private static void add(
      Faults faults, InvalidRow fault, Column column, Map<String, Object> body) {
    faults.add(
        JobInput.pointer(column, body), fault.messageWith(Map.of(column.sqlName(), "")).strip());
  }

  /** A value with which the rest of a row can be read. */
  private static Optional<String> good(Column column) {
    return switch (column) {
      case ID -> Optional.of("0");
      case CRON -> Optional.of(GOOD_SCHEDULE);
      case COMMAND -> Optional.of("");
      case NAME,
          MERGE_MISSED,
          ACTUALITY_TIME,
          ENABLED,
          TIMEZONE,
          START_DATE,
          END_DATE,
          JITTER,
          CALLBACK,
          PARAMETERS,
          RETRY,
          OVERLAP,
          CALENDAR,
          OWNER_ID,
          CREATED_AT,
          UPDATED_AT ->
          Optional.empty();
    };
  }
}
