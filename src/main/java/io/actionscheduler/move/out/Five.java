package io.actionscheduler.move.out;

import io.actionscheduler.move.systemd.CalendarEvent;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Five crontab fields that may have the times of a schedule of any form, and what only some
 * programs have beside them. Whether they do is proved by the fire times.
 *
 * @param fields minute, hour, day of the month, month and day of the week, in this order
 * @param both whether a day must match by date and by weekday; if not, one of them is enough
 * @param beside what a crontab cannot express
 */
record Five(List<String> fields, boolean both, Beside beside) {
  private static final List<String> COARSE_TO_FINE =
      List.of("year", "month", "week", "day", "day_of_week", "hour", "minute", "second");
  private static final List<String> QUARTZ_DAYS =
      List.of("", "sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final Pattern WEEKDAYS =
      Pattern.compile(
          "([0-7]|sun|mon|tue|wed|thu|fri|sat)(?:-([0-7]|sun|mon|tue|wed|thu|fri|sat))?(?:/(\\d))?");
  private static final Pattern OPEN = Pattern.compile("(?<![\\w-])(\\d+)/(\\d+)");
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /**
   * What a crontab cannot express.
   *
   * @param second the field of seconds; {@code 0} where every fire begins its minute
   * @param year the field of years; {@code *} where any year counts
   * @param jitter the longest random delay of a fire; zero where there is none
   */
  record Beside(String second, String year, Duration jitter) {
    static final Beside NOTHING = new Beside("0", "*", Duration.ZERO);

    static Beside of(String second, String year) {
      return new Beside(second, year, Duration.ZERO);
    }
  }

  Five {
    fields = List.copyOf(fields);
  }

  /**
   * The fields for {@code timing}.
   *
   * @param now an interval continues as it fires from then on
   * @throws NotSaid where no five fields can have its times, or it has bounds that they lack
   */
  static Five of(Timing timing, Instant now) throws NotSaid {
    Five five = ofTimes(timing, now);
    Beside beside = five.beside;
    return new Five(
        five.fields, five.both, new Beside(beside.second, beside.year, timing.jitter()));
  }

  private static Five ofTimes(Timing timing, Instant now) throws NotSaid {
    String text = timing.text();
    if (!text.startsWith("{")) {
      return plain(text.strip(), timing, now);
    }
    try {
      Map<?, ?> form = (Map<?, ?>) Json.parse(text);
      Map<?, ?> params = (Map<?, ?>) form.get("params");
      if (params.get("end_date") != null) {
        throw new NotSaid("its end_date cannot be expressed there");
      }
      return switch (String.valueOf(form.get("format"))) {
        case "unix" -> plain(String.valueOf(params.get("value")).strip(), timing, now);
        case "quartz" -> quartz(String.valueOf(params.get("value")).strip());
        case "apscheduler" -> extended(params);
        case "interval" -> interval(String.valueOf(params.get("every")), timing, now);
        default -> throw new NotSaid("it fires once, at a moment");
      };
    } catch (InvalidJson e) {
      throw new IllegalStateException("a stored schedule is not JSON: " + e.getMessage(), e);
    }
  }

  private static Five plain(String text, Timing timing, Instant now) throws NotSaid {
    if (!text.contains(" ") && !text.startsWith("@")) {
      if (text.contains(":")) {
        throw new NotSaid("it fires once, at a moment");
      }
      return interval(text, timing, now);
    }
    List<String> fields = List.of(NICKNAMES.getOrDefault(text, text).split("[ \t]+"));
    int first = fields.size() > 5 ? 1 : 0;
    List<String> five = fields.subList(first, first + 5);
    Beside beside =
        Beside.of(first == 0 ? "0" : fields.get(0), fields.size() > 6 ? fields.get(6) : "*");
    boolean both = five.get(4).startsWith("+") && !five.get(2).startsWith("*");
    return new Five(
        five.stream().map(field -> field.replaceFirst("^\\+", "").replace("?", "*")).toList(),
        both,
        beside);
  }

  private static Five quartz(String text) throws NotSaid {
    List<String> fields = List.of(text.split("[ \t]+"));
    String weekdays = fields.get(5);
    if (weekdays.contains("/") || weekdays.matches(".*[#L].*")) {
      throw new NotSaid("the weekdays " + weekdays + " cannot be expressed there");
    }
    Matcher number = Pattern.compile("[1-7]").matcher(weekdays);
    return new Five(
            Stream.concat(
                    fields.subList(1, 5).stream(),
                    Stream.of(
                        number.replaceAll(of -> QUARTZ_DAYS.get(Integer.parseInt(of.group())))))
                .map(field -> field.equals("?") ? "*" : field)
                .toList(),
            false,
            Beside.of(fields.get(0), fields.size() > 6 ? fields.get(6) : "*"))
        .closed();
  }

  private static Five extended(Map<?, ?> params) throws NotSaid {
    Object week = params.get("week");
    if (week != null && !week.toString().equals("*")) {
      throw new NotSaid("week cannot be expressed there");
    }
    int finest = -1;
    for (int i = 0; i < COARSE_TO_FINE.size(); i++) {
      finest = params.get(COARSE_TO_FINE.get(i)) == null ? finest : i;
    }
    int last = finest;
    List<String> fields =
        Stream.of("minute", "hour", "day", "month", "day_of_week")
            .map(
                name ->
                    params.get(name) != null
                        ? params.get(name).toString()
                        : COARSE_TO_FINE.indexOf(name) < last || name.equals("day_of_week")
                            ? "*"
                            : name.equals("day") || name.equals("month") ? "1" : "0")
            .collect(Collectors.toList());
    Object second = params.get("second");
    Object year = params.get("year");
    Matcher number = Pattern.compile("(?<!\\w|/)[0-6](?!\\w)").matcher(fields.get(4));
    fields.set(4, number.replaceAll(of -> DAYS.get(Integer.parseInt(of.group()))));
    boolean both = !fields.get(2).equals("*") && !fields.get(4).equals("*");
    return new Five(
            fields,
            both,
            Beside.of(
                second == null ? "0" : second.toString(), year == null ? "*" : year.toString()))
        .closed();
  }

  /** The times of day from the next fire on, of an interval that divides a minute, hour or day. */
  private static Five interval(String every, Timing timing, Instant now) throws NotSaid {
    long seconds = TimeSpan.read(every).map(Duration::toSeconds).orElse(0L);
    LocalTime first =
        timing
            .schedule()
            .next(now)
            .orElseThrow(() -> new NotSaid("it does not fire any more"))
            .atZone(timing.zone())
            .toLocalTime();
    if (seconds > 0 && seconds < MINUTE && MINUTE % seconds == 0) {
      String second = each(first.getSecond(), seconds, MINUTE);
      return new Five(List.of("* * * * *".split(" ")), false, Beside.of(second, "*"));
    }
    boolean dividesHour = seconds > 0 && seconds % MINUTE == 0 && HOUR % seconds == 0;
    boolean dividesDay = seconds > 0 && seconds % HOUR == 0 && DAY % seconds == 0;
    if (!dividesHour && !dividesDay) {
      throw new NotSaid("the interval " + every + " does not divide a minute, an hour or a day");
    }
    String minute = each(first.getMinute(), dividesHour ? seconds / MINUTE : 60, 60);
    String hour = dividesHour ? "*" : each(first.getHour(), seconds / HOUR, 24);
    return new Five(
        List.of(minute, hour, "*", "*", "*"),
        false,
        Beside.of(String.valueOf(first.getSecond()), "*"));
  }

  /** Every {@code step} values of a field, of which {@code one} is one. */
  private static String each(long one, long step, long end) {
    long first = one % step;
    return step == end
        ? "" + first
        : first == 0 ? "*/" + step : first + "-" + (end - 1) + "/" + step;
  }

  /** Adds an end to steps without one: {@code 10/20} continues to the end of its field. */
  private Five closed() {
    List<Integer> ends = List.of(59, 23, 31, 12, 7);
    List<String> all =
        Stream.iterate(0, i -> i + 1)
            .limit(5)
            .map(i -> closed(fields.get(i), ends.get(i)))
            .toList();
    return new Five(
        all,
        both,
        Beside.of(
            closed(beside.second, ends.get(0)), closed(beside.year, CalendarEvent.LAST_YEAR)));
  }

  private static String closed(String field, int end) {
    return OPEN.matcher(field).replaceAll("$1-" + end + "/$2");
  }

  /**
   * The fields as one line; date or weekday is enough, as in crontabs.
   *
   * @throws NotSaid where the schedule has more than the fields of a crontab
   */
  String line() throws NotSaid {
    if (!beside.jitter.isZero()) {
      throw new NotSaid("its jitter cannot be expressed there");
    }
    if (!beside.second.equals("0") || !beside.year.equals("*")) {
      throw new NotSaid("seconds and years cannot be expressed there");
    }
    if (both && !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*")) {
      throw new NotSaid(
          "a date and a weekday that must both match cannot be expressed in a crontab");
    }
    return String.join(" ", fields.subList(0, 4)) + " " + weekdays(fields.get(4));
  }

  /**
   * Sunday as 0, and no range that ends before it begins: all programs take that. Other weekdays
   * stay as they are.
   */
  private static String weekdays(String field) {
    List<Integer> days = new ArrayList<>();
    for (String part : field.toLowerCase(Locale.ROOT).split(",", -1)) {
      Matcher range = WEEKDAYS.matcher(part);
      if (!range.matches()) {
        return field;
      }
      int first = weekday(range.group(1));
      int last = range.group(2) == null ? first : weekday(range.group(2));
      int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
      for (int day = first; day <= (last < first ? last + 7 : last) && step > 0; day += step) {
        days.add(day % 7);
      }
    }
    return field.matches(".*7.*") || isWrapped(field)
        ? days.stream().distinct().sorted().map(String::valueOf).collect(Collectors.joining(","))
        : field;
  }

  private static boolean isWrapped(String field) {
    return WEEKDAYS
        .matcher(field.toLowerCase(Locale.ROOT))
        .results()
        .anyMatch(of -> of.group(2) != null && weekday(of.group(2)) < weekday(of.group(1)));
  }

  private static int weekday(String text) {
    int named = DAYS.indexOf(text);
    return named < 0 ? Integer.parseInt(text) : (named + 1) % 7;
  }

  /** Whether both day fields restrict days. */
  boolean restrictsBothDays() {
    return !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*");
  }
}
