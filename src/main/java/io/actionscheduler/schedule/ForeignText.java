package io.actionscheduler.schedule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes schedules of other programs, and says what to write instead. Rows may hold text of any
 * length, and the reading of a table must not wait for one of them: no form goes far back.
 */
final class ForeignText {
  private static final List<Foreign> ALL =
      List.of(
          new Foreign(
              "(?:CRON_)?TZ=(\\S+)\\s++(.+)",
              "a zone does not stand in the text of a schedule; write $2 with the timezone $1: in the"
                  + " column timezone, or {\"format\": \"unix\", \"params\": {\"value\": \"$2\","
                  + " \"timezone\": \"$1\"}}"),
          new Foreign("@every\\s+(\\S+)", "an interval stands alone; write $1"),
          new Foreign("rate\\((\\d+) ([mhd])[a-z]*\\)", "an interval of AWS; write $1$2"),
          new Foreign(
              "cron\\(([^()]+)\\)",
              "a schedule of AWS, which reads as Quartz does; write {\"format\": \"quartz\","
                  + " \"params\": {\"value\": \"0 $1\"}}"),
          new Foreign("at\\(([^()]+)\\)", "a moment of AWS; write $1"),
          new Foreign(
              "(?s)(?:.*\\s)?H(?:[(/]\\S*)?(?:\\s.*)?",
              "H lets Jenkins choose a value; choose one yourself, such as 17 or 7-59/15"),
          new Foreign(
              "(minutely|hourly|daily|weekly|monthly|quarterly|semiannually|yearly|annually)",
              "a word of systemd; write a nickname such as @daily, or crontab"),
          new Foreign(
              "((mon|tue|wed|thu|fri|sat|sun)\\S*+\\s++)?[\\d*.,~/-][\\d*.,~/]*+-[\\d*.,~/-]++\\s++[^\\s:]*+:\\S*+(\\s.*)?",
              "a calendar event of systemd; write crontab, such as 30 2 * * *"),
          new Foreign(
              "(?:mon|tue|wed|thu|fri|sat|sun)\\S*\\s+\\d+:\\d\\S*",
              "a calendar event of systemd; write crontab, such as 30 2 * * *"),
          new Foreign(
              "P(\\d|T\\d)\\S*",
              "a duration of ISO 8601; write the number and the first letter of its unit, such as 90s,"
                  + " 5m or 1d"),
          new Foreign(
              "R\\d*/\\S+",
              "a repeating interval of ISO 8601; write {\"format\": \"interval\","
                  + " \"params\": {\"every\": …, \"start_date\": …}}, every such as \"5m\""),
          new Foreign(
              "(?s)(?:DTSTART.*\n)?(?:RRULE:)?FREQ=.*",
              "a recurrence rule of iCalendar; write crontab, such as 0 9 * * *"),
          new Foreign(
              "every\\s.+", "words are not understood; write an interval such as 5m, or crontab"));

  private record Foreign(Pattern form, String remedy) {
    Foreign(String form, String remedy) {
      this(Pattern.compile(form, Pattern.CASE_INSENSITIVE), remedy);
    }
  }

  private ForeignText() {}

  /** What {@code text} is elsewhere and what to write for it, where it is another program's. */
  static Optional<String> remedy(String text) {
    for (Foreign foreign : ALL) {
      Matcher match = foreign.form().matcher(text);
      if (match.matches()) {
        return Optional.of(match.replaceFirst(foreign.remedy()));
      }
    }
    return Optional.empty();
  }
}
