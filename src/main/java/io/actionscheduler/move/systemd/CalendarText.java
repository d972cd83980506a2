package io.actionscheduler.move.systemd;

import static io.actionscheduler.move.systemd.CalendarEvent.FIRST_YEAR;
import static io.actionscheduler.move.systemd.CalendarEvent.LAST_YEAR;

import io.actionscheduler.move.systemd.CalendarEvent.Months;
import io.actionscheduler.move.systemd.CalendarEvent.Time;
import io.actionscheduler.move.systemd.CalendarEvent.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calendar events as systemd 252 does. */
final class CalendarText {
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("minutely", "*-*-* *:*:00"),
          Map.entry("hourly", "*-*-* *:00:00"),
          Map.entry("daily", "*-*-* 00:00:00"),
          Map.entry("weekly", "Mon *-*-* 00:00:00"),
          Map.entry("monthly", "*-*-01 00:00:00"),
          Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
          Map.entry("semiannually", "*-01,07-01 00:00:00"),
          Map.entry("semi-annually", "*-01,07-01 00:00:00"),
          Map.entry("biannually", "*-01,07-01 00:00:00"),
          Map.entry("bi-annually", "*-01,07-01 00:00:00"),
          Map.entry("yearly", "*-01-01 00:00:00"),
          Map.entry("annually", "*-01-01 00:00:00"),
          Map.entry("anually", "*-01-01 00:00:00"));
  private static final List<String> WEEKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final Pattern DAYS =
      Pattern.compile("(?<days>[a-zA-Z]+(?:(?:\\.\\.|-|,)[a-zA-Z]*+)*+)(?: +(?<rest>.*))?");
  private static final Pattern DATE =
      Pattern.compile("(?:(?<year>[^-~]+)-)?(?<month>[^-~]+)(?<sign>[-~])(?<day>[^-~]+)");
  private static final Pattern TIME =
      Pattern.compile("(?<hour>[^:]+):(?<minute>[^:]+)(?::(?<second>[^:]+))?");
  private static final Pattern PART =
      Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?(?:/(\\d{1,9}))?");
  private static final int FROM_THE_END = 28;

  private final String text;
  private Optional<ZoneId> zone = Optional.empty();

  CalendarText(String text) {
    this.text = text.strip();
  }

  CalendarEvent read() throws Unreadable {
    if (text.startsWith("@")) {
      return moment(text.substring(1));
    }
    String rest = withoutZone();
    rest = NAMED.getOrDefault(rest.toLowerCase(Locale.ROOT), rest);
    BitSet weekdays = CalendarEvent.all(1, 7);
    Matcher days = DAYS.matcher(rest);
    if (days.matches()) {
      weekdays = weekdays(days.group("days"));
      rest = days.group("rest") == null ? "" : days.group("rest");
    } else if (rest.isEmpty()) {
      throw fault("nothing is named");
    }
    String[] words = rest.isEmpty() ? new String[0] : rest.split(" +");
    if (words.length > 2) {
      throw fault("too many parts; it is weekdays, a date, a time and a zone");
    }
    String date = "*-*-*";
    String time = "00:00:00";
    for (String word : words) {
      if (word.contains(":") && word.equals(words[words.length - 1])) {
        time = word;
      } else if (word.equals(words[0])) {
        date = word;
      } else {
        throw fault(word + " is not a time");
      }
    }
    return event(weekdays, date, time);
  }

  private CalendarEvent event(BitSet weekdays, String dateText, String timeText) throws Unreadable {
    Matcher date = DATE.matcher(dateText);
    if (!date.matches()) {
      throw fault(dateText + " is not a date");
    }
    boolean fromTheEnd = date.group("sign").equals("~");
    Months months =
        new Months(
            set("month", date.group("month"), 1, 12),
            fromTheEnd ? lastDays(date.group("day")) : set("day", date.group("day"), 1, 31),
            fromTheEnd);
    String year = date.group("year") == null ? "*" : date.group("year");
    Matcher time = TIME.matcher(timeText);
    if (!time.matches()) {
      throw fault(timeText + " is not a time");
    }
    String second = time.group("second") == null ? "0" : time.group("second");
    if (second.contains(".") && !second.matches("\\d+\\.\\.\\d+(/\\d+)?(,[^.]*)?")) {
      second = whole(second);
    }
    return new CalendarEvent(
        weekdays,
        set("year", year, FIRST_YEAR, LAST_YEAR),
        months,
        new Time(
            set("hour", time.group("hour"), 0, 23),
            set("minute", time.group("minute"), 0, 59),
            set("second", second, 0, 59)),
        zone);
  }

  /** Removes fractions of zero, such as in {@code 05.0}. */
  private String whole(String second) throws Unreadable {
    String whole = second.replaceAll("(?<=\\d)\\.0{1,6}(?!\\d)", "");
    if (whole.matches(".*\\d\\.\\d.*")) {
      throw new Unreadable(
          "\"" + text + "\": fractions of a second; fires are due at whole seconds", false);
    }
    return whole;
  }

  private CalendarEvent moment(String seconds) throws Unreadable {
    if (!seconds.matches("\\d{1,10}")) {
      throw fault("seconds since 1970 are expected behind @");
    }
    LocalDateTime at =
        LocalDateTime.ofInstant(Instant.ofEpochSecond(Long.parseLong(seconds)), ZoneId.of("UTC"));
    zone = Optional.of(ZoneId.of("UTC"));
    return event(
        CalendarEvent.all(1, 7),
        "%d-%d-%d".formatted(at.getYear(), at.getMonthValue(), at.getDayOfMonth()),
        "%d:%d:%d".formatted(at.getHour(), at.getMinute(), at.getSecond()));
  }

  /** Takes a zone from the end of the text. */
  private String withoutZone() throws Unreadable {
    int blank = text.lastIndexOf(' ');
    String last = text.substring(blank + 1);
    if (blank < 0 || !last.matches("[A-Za-z].*") || weekday(last.split("[.,-]", 2)[0]) > 0) {
      return text;
    }
    if (last.equalsIgnoreCase("UTC")) {
      zone = Optional.of(ZoneId.of("UTC"));
    } else if (last.contains("/")) {
      try {
        zone = Optional.of(ZoneId.of(last));
      } catch (DateTimeException e) {
        throw fault("the zone " + last + " is unknown");
      }
    } else {
      throw new Unreadable(
          "\""
              + text
              + "\": systemd takes "
              + last
              + " for an abbreviation of the machine's own zone, where it is one; write a zone such"
              + " as Europe/Berlin",
          false);
    }
    String rest = text.substring(0, blank);
    if (rest.endsWith(" ")) {
      throw fault("one blank is expected before the zone");
    }
    return rest;
  }

  private BitSet weekdays(String days) throws Unreadable {
    BitSet set = new BitSet();
    String list = days.endsWith(",") ? days.substring(0, days.length() - 1) : days;
    for (String part : list.split(",", -1)) {
      String[] range = part.split("\\.\\.|-", -1);
      int first = weekday(range[0]);
      int last = weekday(range[range.length - 1]);
      if (range.length > 2 || first == 0 || last == 0 || first > last) {
        throw fault(part + " is neither a weekday nor a range of weekdays");
      }
      set.set(first, last + 1);
    }
    return set;
  }

  /** The weekday, 1 is Monday; 0 if it is not a weekday. */
  private static int weekday(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < WEEKDAYS.size(); i++) {
      if (lower.equals(WEEKDAYS.get(i)) || lower.equals(WEEKDAYS.get(i).substring(0, 3))) {
        return i + 1;
      }
    }
    return 0;
  }

  private BitSet set(String name, String field, int least, int most) throws Unreadable {
    if (field.equals("*")) {
      return CalendarEvent.all(least, most);
    }
    BitSet set = new BitSet();
    for (String part : field.split(",", -1)) {
      Matcher range = part(name, part);
      int first = number(name, range.group(1), least, most);
      int last =
          range.group(2) == null
              ? range.group(3) == null ? first : most
              : number(name, range.group(2), least, most);
      int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
      boolean isOpen = range.group(2) == null && range.group(3) != null;
      if (step == 0 || last < first || isOpen && first + (long) step > most) {
        throw fault(name + " " + part + " names nothing");
      }
      for (long value = first; value <= last; value += step) {
        set.set((int) value);
      }
    }
    return set;
  }

  /** Days from the end: {@code 7/2} continues to the last day, which is 1. */
  private BitSet lastDays(String field) throws Unreadable {
    if (field.equals("*")) {
      return CalendarEvent.all(1, 31);
    }
    BitSet set = new BitSet();
    for (String part : field.split(",", -1)) {
      Matcher range = part("day", part);
      int first = number("day", range.group(1), 1, FROM_THE_END);
      int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
      boolean isOpen = range.group(2) == null && range.group(3) != null;
      int last = range.group(2) == null ? first : number("day", range.group(2), 1, FROM_THE_END);
      if (step == 0 || last < first || isOpen && step >= first) {
        throw fault("day " + part + " names nothing");
      }
      if (isOpen) {
        for (int value = first; value >= 1; value -= step) {
          set.set(value);
        }
      } else {
        for (long value = first; value <= last; value += step) {
          set.set((int) value);
        }
      }
    }
    return set;
  }

  private Matcher part(String name, String part) throws Unreadable {
    Matcher range = PART.matcher(part);
    if (!range.matches()) {
      throw fault(name + " " + part + " is not understood; write 5, 1..5, 0/10 or a list of these");
    }
    return range;
  }

  private int number(String name, String digits, int least, int most) throws Unreadable {
    int number = Integer.parseInt(digits);
    if (name.equals("year") && number < 100) {
      number += number < 70 ? 2000 : 1900;
    }
    if (number < least || number > most) {
      throw fault(name + " " + digits + " is not from " + least + " to " + most);
    }
    return number;
  }

  private Unreadable fault(String reason) {
    return new Unreadable("not a calendar event: \"" + text + "\": " + reason, true);
  }
}
