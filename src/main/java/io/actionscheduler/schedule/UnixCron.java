package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Reads crontab text: that of crontab(5), with the additions of the Open Cron Pattern
 * Specification.
 */
final class UnixCron {
  private UnixCron() {}

  static CronSchedule read(String text, ZoneTable zone) throws InvalidSchedule {
    List<String> fields = fields(text.startsWith("@") ? spelledOut(text) : text);
    if (fields.size() < 5 || fields.size() > 7) {
      throw fault(
          text,
          fields.size()
              + " fields; write 5 (minute hour day-of-month month day-of-week),"
              + " 6 with second first, or 7 with year last");
    }
    if (fields.size() == 5) {
      fields.add(0, "0");
    }
    TimeSet times =
        new TimeSet(
            (int) Bits.of(UnixField.numbers(UnixField.HOUR, fields.get(2))),
            Bits.of(UnixField.numbers(UnixField.MINUTE, fields.get(1))),
            Bits.of(UnixField.numbers(UnixField.SECOND, fields.get(0))));
    return new CronSchedule(
        dates(fields),
        times,
        zone,
        isOpen(fields.get(1)) || isOpen(fields.get(2)) ? ClockChanges.FOLLOW : ClockChanges.ONCE,
        Bounds.NONE);
  }

  /** The fields of {@code text}, separated by spaces and tabs. */
  static List<String> fields(String text) {
    List<String> fields = new ArrayList<>(7);
    for (StringTokenizer tokens = new StringTokenizer(text, " \t"); tokens.hasMoreTokens(); ) {
      fields.add(tokens.nextToken());
    }
    return fields;
  }

  static InvalidSchedule fault(String text, String fault) {
    return new InvalidSchedule("crontab \"" + text + "\": " + fault);
  }

  private static DateRule dates(List<String> fields) throws InvalidSchedule {
    String dayOfMonth = fields.get(3);
    String dayOfWeek = fields.get(5);
    boolean either = isRestricted(dayOfMonth) && isRestricted(dayOfWeek);
    if (dayOfWeek.startsWith("+")) {
      dayOfWeek = dayOfWeek.substring(1);
      either = false;
    }
    return new DateRule(
        fields.size() == 7 ? Years.of(UnixField.numbers(UnixField.YEAR, fields.get(6))) : Years.ALL,
        (int) (Bits.of(UnixField.numbers(UnixField.MONTH, fields.get(4))) >>> 1),
        DateRule.EVERY_WEEK,
        UnixField.daysOfMonth(dayOfMonth),
        UnixField.daysOfWeek(dayOfWeek),
        either);
  }

  private static boolean isRestricted(String day) {
    return !isOpen(day) && !day.equals("?");
  }

  private static boolean isOpen(String field) {
    return field.startsWith("*");
  }

  private static String spelledOut(String nickname) throws InvalidSchedule {
    return switch (nickname) {
      case "@yearly", "@annually" -> "0 0 1 1 *";
      case "@monthly" -> "0 0 1 * *";
      case "@weekly" -> "0 0 * * 0";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@hourly" -> "0 * * * *";
      case "@reboot" ->
          throw fault(
              nickname, "a start of the machine is not a time; write a time or an interval");
      default ->
          throw fault(
              nickname,
              "unknown; allowed are @yearly, @annually, @monthly, @weekly, @daily, @midnight,"
                  + " @hourly");
    };
  }
}
