package io.actionscheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Schedules in English: {@code at 09:00 and 17:00 from Monday to Friday}. Made from the rule, not
 * from its text, so that the words always agree with the fires.
 */
public final class ScheduleWords {
  private ScheduleWords() {}

  /**
   * What {@code schedule} does, without its zone; empty for a schedule that this package does not
   * make.
   */
  public static Optional<String> of(Schedule schedule) {
    if (schedule instanceof KeptTimes kept) {
      return of(kept.whole()).map(words -> words + ", as far as its calendars and blackouts allow");
    }
    if (schedule instanceof Once once) {
      return Optional.of("once, at " + Micros.instant(once.at()));
    }
    if (schedule instanceof Interval interval) {
      return Optional.of(
          "every "
              + span(Duration.of(interval.every(), ChronoUnit.MICROS))
              + ", counted from "
              + Micros.instant(interval.start())
              + (interval.last() == Micros.MOST
                  ? ""
                  : ", not after " + Micros.instant(interval.last())));
    }
    return schedule instanceof CronSchedule cron ? Optional.of(cron(cron)) : Optional.empty();
  }

  /**
   * What {@code schedule} does where the clock of its zone skips or repeats an hour; empty where
   * that makes no difference to it.
   */
  public static Optional<String> ofClockChanges(Schedule schedule) {
    if (schedule instanceof KeptTimes kept) {
      return ofClockChanges(kept.whole());
    }
    if (!(schedule instanceof CronSchedule cron) || cron.zone().isFixed()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (cron.changes()) {
          case FOLLOW ->
              "Times that the clock skips do not fire; those that it repeats fire twice.";
          case ONCE ->
              "Times that the clock skips fire once, when the gap ends; those that it repeats fire"
                  + " the first time.";
          case SECOND_PASS ->
              "Times that the clock skips do not fire; those that it repeats fire the second time.";
        });
  }

  private static String cron(CronSchedule cron) {
    if (cron.next(Instant.MIN).isEmpty()) {
      return "never";
    }
    String times = TimeWords.of(cron.times());
    String dates = DateWords.of(cron.dates());
    boolean often = times.startsWith("every ") || times.contains(" of every ");
    String words = often && dates.equals(DateWords.EVERY_DAY) ? times : times + " " + dates;
    return words + bounds(cron.bounds());
  }

  private static String bounds(Bounds bounds) {
    String from =
        bounds.first() == Bounds.NONE.first()
            ? ""
            : ", not before " + Instant.ofEpochSecond(bounds.first());
    return bounds.last() == Bounds.NONE.last()
        ? from
        : from + ", not after " + Instant.ofEpochSecond(bounds.last());
  }

  private static String span(Duration every) {
    List<String> parts = new ArrayList<>();
    add(parts, every.toDays(), "day");
    add(parts, every.toHoursPart(), "hour");
    add(parts, every.toMinutesPart(), "minute");
    add(parts, every.toSecondsPart(), "second");
    return parts.size() == 1 && parts.get(0).startsWith("1 ")
        ? parts.get(0).substring(2)
        : String.join(" ", parts);
  }

  private static void add(List<String> parts, long number, String unit) {
    if (number > 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }
}
