package io.actionscheduler.schedule;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads cron in APScheduler's fields, from year to second. */
final class ExtendedCron {
  private ExtendedCron() {}

  /** The rule of {@code given}, at least one field, in {@code bounds}. */
  static CronSchedule read(Map<ExtendedField, String> given, ZoneTable zone, Bounds bounds)
      throws InvalidSchedule {
    Map<ExtendedField, String> fields = new EnumMap<>(ExtendedField.class);
    boolean finer = false;
    for (ExtendedField field : ExtendedField.values()) {
      String otherwise = finer ? field.least() : ExtendedField.ANY;
      fields.put(field, given.getOrDefault(field, otherwise));
      finer |= isFinest(field, given);
    }
    return schedule(
        fields, Years.of(ExtendedField.YEAR.numbers(fields.get(ExtendedField.YEAR))), zone, bounds);
  }

  /** Five fields as APScheduler's {@code from_crontab} takes them. */
  static CronSchedule fromCrontab(String text, ZoneTable zone) throws InvalidSchedule {
    List<String> fields = UnixCron.fields(text);
    if (fields.size() != 5) {
      throw UnixCron.fault(
          text,
          fields.size()
              + " fields; the dialect apscheduler takes 5"
              + " (minute hour day month day_of_week)");
    }
    return schedule(
        Map.of(
            ExtendedField.SECOND, ExtendedField.SECOND.least(),
            ExtendedField.MINUTE, fields.get(0),
            ExtendedField.HOUR, fields.get(1),
            ExtendedField.DAY, fields.get(2),
            ExtendedField.MONTH, fields.get(3),
            ExtendedField.WEEK, ExtendedField.ANY,
            ExtendedField.DAY_OF_WEEK, fields.get(4)),
        Years.ALL,
        zone,
        Bounds.NONE);
  }

  private static CronSchedule schedule(
      Map<ExtendedField, String> fields, Years years, ZoneTable zone, Bounds bounds)
      throws InvalidSchedule {
    DateRule dates =
        new DateRule(
            years,
            (int) (bits(ExtendedField.MONTH, fields) >>> 1),
            bits(ExtendedField.WEEK, fields),
            ExtendedField.days(fields.get(ExtendedField.DAY)),
            DaySet.weekdays((int) bits(ExtendedField.DAY_OF_WEEK, fields)),
            false);
    TimeSet times =
        new TimeSet(
            (int) bits(ExtendedField.HOUR, fields),
            bits(ExtendedField.MINUTE, fields),
            bits(ExtendedField.SECOND, fields));
    boolean followsClock =
        fields.get(ExtendedField.HOUR).startsWith(ExtendedField.ANY)
            || fields.get(ExtendedField.MINUTE).startsWith(ExtendedField.ANY);
    return new CronSchedule(
        dates, times, zone, followsClock ? ClockChanges.FOLLOW : ClockChanges.ONCE, bounds);
  }

  private static long bits(ExtendedField field, Map<ExtendedField, String> fields)
      throws InvalidSchedule {
    return Bits.of(field.numbers(fields.get(field)));
  }

  private static boolean isFinest(ExtendedField field, Map<ExtendedField, String> given) {
    return given.keySet().stream().allMatch(other -> other.compareTo(field) <= 0);
  }
}
