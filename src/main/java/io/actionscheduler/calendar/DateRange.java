package io.actionscheduler.calendar;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Whole days, from {@code first} to {@code last}, both included. */
public record DateRange(LocalDate first, LocalDate last) {
  /** What may be written, for messages. */
  public static final String ALLOWED =
      "a date such as 2026-12-25, or a range such as 2026-12-24..2027-01-01";

  /**
   * @throws IllegalArgumentException when {@code last} is before {@code first}
   */
  public DateRange {
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(last + " is before " + first);
    }
  }

  /**
   * The days that {@code text} names: a date, or two of them with {@code ..} between.
   *
   * @throws CalendarFault when it names none
   */
  public static DateRange read(String text) throws CalendarFault {
    String[] ends = text.strip().split("\\.\\.", 2);
    try {
      LocalDate first = LocalDate.parse(ends[0].strip());
      LocalDate last = ends.length == 1 ? first : LocalDate.parse(ends[1].strip());
      if (last.isBefore(first)) {
        throw new CalendarFault("ends before it begins");
      }
      return new DateRange(first, last);
    } catch (DateTimeException e) {
      throw new CalendarFault("is not an existing date");
    }
  }
}
