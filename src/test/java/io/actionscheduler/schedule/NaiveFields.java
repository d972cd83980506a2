package io.actionscheduler.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which local times the fields of a cron expression name, one predicate for each field. */
final class NaiveFields {
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> FROM_MONDAY =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final List<String> FROM_SUNDAY =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<String> EXTENDED =
      List.of("year", "month", "day", "week", "day_of_week", "hour", "minute", "second");

  private final Predicate<LocalDate> date;
  private final Set<Integer> hours;
  private final Set<Integer> minutes;
  private final Set<Integer> seconds;
  private final boolean followTheClock;

  private NaiveFields(Predicate<LocalDate> date, String hour, String minute, String second) {
    this.date = date;
    this.hours = values(hour, 0, 23, List.of());
    this.minutes = values(minute, 0, 59, List.of());
    this.seconds = values(second, 0, 59, List.of());
    this.followTheClock = hour.startsWith("*") || minute.startsWith("*");
  }

  static NaiveFields unix(String text) {
    List<String> fields = new ArrayList<>(List.of(text.trim().split("[ \t]+")));
    if (fields.size() == 5) {
      fields.add(0, "0");
    }
    Set<Integer> months = values(fields.get(4), 1, 12, MONTHS);
    Set<Integer> years = fields.size() == 7 ? values(fields.get(6), 1970, 2199, List.of()) : null;
    String dayOfMonth = fields.get(3).replace('?', '*');
    String dayOfWeek = fields.get(5).replace('?', '*');
    boolean both =
        dayOfMonth.startsWith("*") || dayOfWeek.startsWith("*") || dayOfWeek.startsWith("+");
    Predicate<LocalDate> day = dayOfMonth(dayOfMonth);
    Predicate<LocalDate> weekday = dayOfWeek(dayOfWeek.replace("+", ""));
    return new NaiveFields(
        date ->
            (years == null || years.contains(date.getYear()))
                && months.contains(date.getMonthValue())
                && (both
                    ? day.test(date) && weekday.test(date)
                    : day.test(date) || weekday.test(date)),
        fields.get(2),
        fields.get(1),
        fields.get(0));
  }

  static NaiveFields extended(Map<String, ?> params) {
    int finest = 0;
    for (int i = 0; i < EXTENDED.size(); i++) {
      finest = params.containsKey(EXTENDED.get(i)) ? i : finest;
    }
    List<String> least = List.of("", "1", "1", "*", "*", "0", "0", "0");
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < EXTENDED.size(); i++) {
      Object given = params.get(EXTENDED.get(i));
      fields.add(given != null ? given.toString().trim() : i < finest ? "*" : least.get(i));
    }
    Set<Integer> years = values(fields.get(0), 1970, 9999, List.of());
    Set<Integer> months = values(fields.get(1), 1, 12, MONTHS);
    Predicate<LocalDate> day = extendedDay(fields.get(2));
    Set<Integer> weeks = values(fields.get(3), 1, 53, List.of());
    Set<Integer> weekdays = values(fields.get(4), 0, 6, FROM_MONDAY);
    return new NaiveFields(
        date ->
            years.contains(date.getYear())
                && months.contains(date.getMonthValue())
                && day.test(date)
                && weeks.contains(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                && weekdays.contains(date.getDayOfWeek().getValue() - 1),
        fields.get(5),
        fields.get(6),
        fields.get(7));
  }

  boolean match(LocalDateTime local) {
    return seconds.contains(local.getSecond())
        && minutes.contains(local.getMinute())
        && hours.contains(local.getHour())
        && date.test(local.toLocalDate());
  }

  boolean followTheClock() {
    return followTheClock;
  }

  boolean onTheMinute() {
    return seconds.equals(Set.of(0));
  }

  private static Predicate<LocalDate> dayOfMonth(String text) {
    if (text.endsWith("W")) {
      int day = Integer.parseInt(text.substring(0, text.length() - 1));
      return date -> day <= date.lengthOfMonth() && date.equals(nearest(date.withDayOfMonth(day)));
    }
    List<String> terms = new ArrayList<>(List.of(text.split(",")));
    boolean last = terms.remove("L");
    Set<Integer> days = values(String.join(",", terms), 1, 31, List.of());
    return date -> days.contains(date.getDayOfMonth()) || last && isLastDay(date);
  }

  /** The weekday nearest to {@code day} within its month. */
  private static LocalDate nearest(LocalDate day) {
    return List.of(0, -1, 1, -2, 2).stream()
        .map(days -> day.plusDays(days))
        .filter(near -> near.getMonth() == day.getMonth())
        .filter(near -> near.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<LocalDate> dayOfWeek(String text) {
    Set<Integer> plain = new HashSet<>();
    List<Predicate<LocalDate>> positions = new ArrayList<>();
    for (String term : text.split(",")) {
      String[] parts =
          term.endsWith("L") ? term.replaceAll("#?L$", "#L").split("#") : term.split("#");
      if (parts.length == 1) {
        values(term, 0, 7, FROM_SUNDAY).forEach(day -> plain.add(day % 7));
      } else {
        int weekday = values(parts[0], 0, 7, FROM_SUNDAY).iterator().next() % 7;
        int nth = parts[1].equals("L") ? -1 : Integer.parseInt(parts[1]);
        positions.add(date -> sunday0(date) == weekday && isNth(date, nth));
      }
    }
    return date ->
        plain.contains(sunday0(date)) || positions.stream().anyMatch(one -> one.test(date));
  }

  private static Predicate<LocalDate> extendedDay(String text) {
    Predicate<LocalDate> any = date -> false;
    for (String term : text.toLowerCase(Locale.ROOT).split(" *, *")) {
      if (term.equals("last")) {
        any = any.or(NaiveFields::isLastDay);
      } else if (term.contains(" ")) {
        String[] parts = term.split(" +");
        int weekday = FROM_MONDAY.indexOf(parts[1]) + 1;
        int nth = parts[0].equals("last") ? -1 : parts[0].charAt(0) - '0';
        any = any.or(date -> date.getDayOfWeek().getValue() == weekday && isNth(date, nth));
      } else {
        Set<Integer> days = values(term, 1, 31, List.of());
        any = any.or(date -> days.contains(date.getDayOfMonth()));
      }
    }
    return any;
  }

  private static boolean isLastDay(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  /** Whether {@code date} is the {@code nth} (-1: the last) of its weekday in the month. */
  private static boolean isNth(LocalDate date, int nth) {
    return nth < 0
        ? date.getMonth() != date.plusDays(7).getMonth()
        : (date.getDayOfMonth() + 6) / 7 == nth;
  }

  private static int sunday0(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7;
  }

  /** The numbers that a list of values, ranges and steps names. */
  private static Set<Integer> values(String list, int least, int most, List<String> names) {
    Set<Integer> values = new HashSet<>();
    for (String term : list.isEmpty() ? new String[0] : list.split(" *, *")) {
      String[] stepped = term.split("/");
      String[] ends = stepped[0].split("-");
      int first = ends[0].equals("*") ? least : value(ends[0], names);
      int last = ends.length == 2 ? value(ends[1], names) : first;
      if (ends.length == 2 && last == 0 && most == 7 && ends[1].equalsIgnoreCase("sun")) {
        last = 7;
      }
      if (ends[0].equals("*") || ends.length == 1 && stepped.length == 2) {
        last = most;
      }
      int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
      for (int value = first; value <= last; value += step) {
        values.add(value);
      }
    }
    return values;
  }

  private static int value(String text, List<String> names) {
    int index = names.indexOf(text.toLowerCase(Locale.ROOT));
    return index >= 0 ? index : Integer.parseInt(text);
  }
}
