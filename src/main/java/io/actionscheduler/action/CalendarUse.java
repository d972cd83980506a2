package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

/**
 * A calendar that an action follows.
 *
 * @param calendar its name in the settings
 * @param only whether the action fires only at times of the calendar; else it never fires at them
 */
public record CalendarUse(String calendar, boolean only) {
  private static final String ONLY = "only:";
  private static final String NOT = "not:";

  /**
   * @throws IllegalArgumentException when {@code calendar} is blank
   */
  public CalendarUse {
    requireNonNull(calendar, "calendar is null");
    if (calendar.isBlank()) {
      throw new IllegalArgumentException("calendar is blank");
    }
  }

  /** Reads {@code holidays}, {@code not:holidays} or {@code only:office}. */
  public static CalendarUse read(String text) {
    return new CalendarUse(name(text), text.strip().startsWith(ONLY));
  }

  /** The name of the calendar in what {@link #read} takes; empty text where there is none. */
  public static String name(String text) {
    String word = text.strip();
    return word.startsWith(ONLY)
        ? word.substring(ONLY.length()).strip()
        : word.startsWith(NOT) ? word.substring(NOT.length()).strip() : word;
  }

  /** As {@link #read} takes it. */
  @Override
  public String toString() {
    return only ? ONLY + calendar : calendar;
  }
}
