package io.actionscheduler.calendar;

import io.actionscheduler.schedule.Windows;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of days of the week, by the clock.
 *
 * @param days on which they begin; at least one
 * @param from the second of the day at which they begin, from 0 to 86,399
 * @param until the second of the day before which they end, from 1 to 86,400; on the next day where
 *     it is not later than {@code from}
 */
public record WeeklyHours(Set<DayOfWeek> days, int from, int until) {
  /** What days may be, for messages. */
  public static final String DAYS = "names such as mon-fri, sat, or sat,sun";

  /** What a time may be, for messages. */
  public static final String TIME = "a time from 00:00 to 24:00, such as 22:00";

  private static final int DAY = 86_400;
  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
  private static final Pattern TEXT = Pattern.compile("([a-z,-]*)\\s*(?:([0-9:]+)-([0-9:]+))?");

  /**
   * @throws IllegalArgumentException when there is no day, or the hours are empty or outside of a
   *     day
   */
  public WeeklyHours {
    days = Set.copyOf(days);
    if (days.isEmpty() || from < 0 || from >= DAY || until < 1 || until > DAY || from == until) {
      throw new IllegalArgumentException("no hours: " + days + " " + from + " to " + until);
    }
  }

  /**
   * The hours that {@code text} names: {@code mon-fri 09:00-17:00}, {@code sat-sun} for whole days,
   * {@code 22:00-06:00} for every day.
   *
   * @throws CalendarFault when it names none
   */
  public static WeeklyHours read(String text) throws CalendarFault {
    Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT).replaceAll(",\\s+", ","));
    if (text.isBlank() || !parts.matches()) {
      throw new CalendarFault("is not understood");
    }
    Set<DayOfWeek> days =
        parts.group(1).isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days(parts.group(1));
    return parts.group(2) == null
        ? new WeeklyHours(days, 0, DAY)
        : of(days, time(parts.group(2)), time(parts.group(3)));
  }

  /**
   * These hours.
   *
   * @throws CalendarFault when there is nothing between them
   */
  public static WeeklyHours of(Set<DayOfWeek> days, int from, int until) throws CalendarFault {
    if (from == until || from == DAY) {
      throw new CalendarFault("begins when it ends; for whole days write 00:00 to 24:00");
    }
    return new WeeklyHours(days, from, until == 0 ? DAY : until);
  }

  /**
   * The second of the day that {@code text} is.
   *
   * @throws CalendarFault when it is none
   */
  public static int time(String text) throws CalendarFault {
    Matcher parts = CLOCK.matcher(text.strip());
    if (parts.matches()) {
      int hour = Integer.parseInt(parts.group(1));
      int minute = Integer.parseInt(parts.group(2));
      int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
      int time = (hour * 60 + minute) * 60 + second;
      if (minute < 60 && second < 60 && time <= DAY) {
        return time;
      }
    }
    throw new CalendarFault("is no time of the day");
  }

  /**
   * The days that {@code text} names.
   *
   * @throws CalendarFault when it names none
   */
  public static Set<DayOfWeek> days(String text) throws CalendarFault {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.strip().toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1)) {
      String[] ends = part.split("-", 2);
      int last = day(ends[ends.length - 1]);
      for (int day = day(ends[0]); ; day = (day + 1) % NAMES.size()) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static int day(String name) throws CalendarFault {
    for (int i = 0; i < NAMES.size(); i++) {
      String whole = DayOfWeek.of(i + 1).name().toLowerCase(Locale.ROOT);
      if (name.equals(NAMES.get(i)) || name.equals(whole)) {
        return i;
      }
    }
    throw new CalendarFault("has no day of the week called \"" + name + "\"");
  }

  /** When the clock of {@code zone} shows a time that lies in them. */
  public Windows in(ZoneId zone) {
    return new WeeklyWindows(this, zone);
  }
}
