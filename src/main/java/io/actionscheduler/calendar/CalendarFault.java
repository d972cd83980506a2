package io.actionscheduler.calendar;

/** A calendar, or a file of one, that cannot be understood. The message says what is wrong. */
public final class CalendarFault extends Exception {
  public CalendarFault(String message) {
    super(message);
  }

  public CalendarFault(String message, Throwable cause) {
    super(message, cause);
  }
}
