package io.actionscheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
   * What {@code timing} does, with moments in its zone; empty for a schedule that this package does
   * not make.
   */
  public static Optional<String> of(Timing timing) {
    return of(timing.schedule(), timing.zone())
        .map(
            words ->
                timing.jitter().isZero()
                    ? words
                    : words
                        + ", each after a random delay of up to "
                        + spans(timing.jitter())
                        + " (jitter)");
  }

  /**
   * What {@code schedule} does, with moments in UTC; empty for a schedule that this package does
   * not make.
   */
  public static Optional<String> of(Schedule schedule) {
    return of(schedule, ZoneOffset.UTC);
  }

  /**
   * Why {@code timing} can never fire, whatever its dates: its last moment lies before its first.
   * Empty for all others.
   */
  public static Optional<String> contradiction(Timing timing) {
    return contradiction(timing.schedule(), timing.zone());
  }

  private static Optional<String> contradiction(Schedule schedule, ZoneId zone) {
    if (schedule instanceof KeptTimes kept) {
      return contradiction(kept.whole(), zone);
    }
    if (schedule instanceof Interval interval && interval.last() < interval.start()) {
      Instant start = Micros.instant(interval.start());
      return Optional.of(contradiction(start, Micros.instant(interval.last()), zone));
    }
    if (schedule instanceof CronSchedule cron && cron.bounds().last() < cron.bounds().first()) {
      Instant start = Instant.ofEpochSecond(cron.bounds().first());
      return Optional.of(contradiction(start, Instant.ofEpochSecond(cron.bounds().last()), zone));
    }
    return Optional.empty();
  }

  private static String contradiction(Instant start, Instant end, ZoneId zone) {
    return "its end_date "
        + moment(end, zone)
        + " lies before its start_date "
        + moment(start, zone);
  }

  private static Optional<String> of(Schedule schedule, ZoneId zone) {
    Optional<String> contradiction = contradiction(schedule, zone);
    if (contradiction.isPresent()) {
      return contradiction.map(why -> "never, because " + why);
    }
    if (schedule instanceof KeptTimes kept) {
      return of(kept.whole(), zone)
          .map(words -> words + ", as far as its calendars and blackouts allow");
    }
    if (schedule instanceof Once once) {
      return Optional.of("once, at " + moment(Micros.instant(once.at()), zone));
    }
    if (schedule instanceof Interval interval) {
      return Optional.of(
          "every "
              + span(Duration.of(interval.every(), ChronoUnit.MICROS))
              + ", counted from "
              + moment(Micros.instant(interval.start()), zone)
              + (interval.last() == Micros.MOST
                  ? ""
                  : ", not after " + moment(Micros.instant(interval.last()), zone)));
    }
    return schedule instanceof CronSchedule cron ? Optional.of(cron(cron, zone)) : Optional.empty();
  }

  private static String moment(Instant at, ZoneId zone) {
    return zone.equals(ZoneOffset.UTC)
        ? at.toString()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
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

  private static String cron(CronSchedule cron, ZoneId zone) {
    if (cron.next(Instant.MIN).isEmpty()) {
      return "never";
    }
    String times = TimeWords.of(cron.times());
    String dates = DateWords.of(cron.dates());
    boolean often = times.startsWith("every ") || times.contains(" of every ");
    String words = often && dates.equals(DateWords.EVERY_DAY) ? times : times + " " + dates;
    return words + bounds(cron.bounds(), zone);
  }

  private static String bounds(Bounds bounds, ZoneId zone) {
    String from =
        bounds.first() == Bounds.NONE.first()
            ? ""
            : ", not before " + moment(Instant.ofEpochSecond(bounds.first()), zone);
    return bounds.last() == Bounds.NONE.last()
        ? from
        : from + ", not after " + moment(Instant.ofEpochSecond(bounds.last()), zone);
  }

  private static String span(Duration every) {
    String span = spans(every);
    return span.matches("1 [a-z]+") ? span.substring(2) : span;
  }

  private static String spans(Duration span) {
    List<String> parts = new ArrayList<>();
    add(parts, span.toDays(), "day");
    add(parts, span.toHoursPart(), "hour");
    add(parts, span.toMinutesPart(), "minute");
    add(parts, span.toSecondsPart(), "second");
    return String.join(" ", parts);
  }

  private static void add(List<String> parts, long number, String unit) {
    if (number > 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }
}
