package io.actionscheduler.quartz;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.TimeSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * An expression as Quartz reads it, from 1970 on. Its fire times are those that Quartz walks
 * through from one to the next; that library has no way back and no count, so both are derived from
 * this.
 */
public final class QuartzExpression implements Schedule {
  /** Quartz knows no earlier year, in any zone. */
  private static final Instant FIRST = Instant.parse("1969-12-30T00:00:00Z");

  /** Quartz knows no year as late as this, in any zone. */
  private static final Instant LAST = Instant.parse("3000-01-03T00:00:00Z");

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CronExpression expression;
  private final ZoneId zone;

  private QuartzExpression(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    expression.setTimeZone(TimeZone.getTimeZone(zone));
  }

  /** The schedule of {@code value}, six or seven fields, by the clock of {@code zone}. */
  public static Schedule parse(String value, ZoneId zone) throws InvalidSchedule {
    try {
      return new QuartzExpression(new CronExpression(value), zone);
    } catch (ParseException e) {
      throw new InvalidSchedule(
          "quartz \""
              + value
              + "\": "
              + e.getMessage()
              + "; write second minute hour day-of-month month day-of-week, a year if need be,"
              + " and ? for one of the two days");
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    if (after.isAfter(LAST)) {
      return Optional.empty();
    }
    Instant from = after.isBefore(FIRST) ? FIRST : after;
    Optional<Instant> fire = step(firstPassStart(from));
    while (fire.isPresent() && !fire.get().isAfter(from)) {
      fire = step(fire.get());
    }
    return fire;
  }

  @Override
  public Optional<Instant> previous(Instant at) {
    Instant to = at.isAfter(LAST) ? LAST : at;
    Optional<Instant> early = Optional.empty();
    for (Duration back = SECOND;
        early.isEmpty() && to.minus(back.dividedBy(4)).isAfter(FIRST);
        back = back.multipliedBy(4)) {
      early = next(to.minus(back)).filter(fire -> !fire.isAfter(to));
    }
    return early.map(fire -> lastBetween(fire, to));
  }

  @Override
  public long count(Instant after, Instant upTo) {
    Optional<TimeSet> times = timesOfDay();
    if (times.isEmpty()) {
      return 0;
    }
    long count = 0;
    Instant done = after;
    Optional<Instant> fire = next(after);
    while (fire.isPresent() && !fire.get().isAfter(upTo)) {
      LocalDate date = fire.get().atZone(zone).toLocalDate();
      Instant start = date.atStartOfDay(zone).toInstant();
      Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
      if (keepsItsOffset(start, end)) {
        count -= times.get().countBefore(secondsUpTo(done, start, end));
        done = end.minus(SECOND);
        count += times.get().countBefore(secondsUpTo(upTo, start, end));
      } else {
        count++;
        done = fire.get();
      }
      fire = next(done);
    }
    return count;
  }

  private Optional<Instant> step(Instant after) {
    Date fire = expression.getTimeAfter(Date.from(after));
    return fire == null ? Optional.empty() : Optional.of(fire.toInstant());
  }

  /**
   * Quartz never fires in the first pass of an overlap; asked from within it, it answers as if the
   * second pass had reached that time already, and leaves out what comes before.
   */
  private Instant firstPassStart(Instant at) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(at);
    if (change == null || !change.isOverlap()) {
      return at;
    }
    Instant start = change.getInstant().plus(change.getDuration()).minus(SECOND);
    return at.isBefore(start) ? at : start;
  }

  /** The last fire at or before {@code to}, where {@code first} is one of them. */
  private Instant lastBetween(Instant first, Instant to) {
    Instant found = first;
    Instant end = to;
    while (Duration.between(found, end).compareTo(SECOND) >= 0) {
      Instant middle = found.plus(Duration.between(found, end).dividedBy(2));
      Optional<Instant> fire = next(middle).filter(later -> !later.isAfter(to));
      end = fire.isPresent() ? end : middle;
      found = fire.orElse(found);
    }
    return found;
  }

  /** The times of a matching day, found where no clock changes: by hour, minute and second. */
  private Optional<TimeSet> timesOfDay() {
    QuartzExpression utc = new QuartzExpression(new CronExpression(expression), ZoneOffset.UTC);
    Optional<Instant> first = utc.step(FIRST);
    return first.map(
        fire ->
            new TimeSet(
                (int) utc.values(fire, 3600, 24),
                utc.values(fire, 60, 60),
                utc.values(fire, 1, 60)));
  }

  /** Which of the {@code count} stretches of {@code seconds} that make up a whole hold a fire. */
  private long values(Instant fire, long seconds, int count) {
    long whole = Math.floorDiv(fire.getEpochSecond(), seconds * count) * seconds * count;
    long values = 0;
    for (int value = 0; value < count; value++) {
      Instant start = Instant.ofEpochSecond(whole + value * seconds);
      Optional<Instant> found = step(start.minus(SECOND));
      if (found.filter(start.plusSeconds(seconds)::isAfter).isPresent()) {
        values |= 1L << value;
      }
    }
    return values;
  }

  private boolean keepsItsOffset(Instant start, Instant end) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(start);
    return end.getEpochSecond() - start.getEpochSecond() == Duration.ofDays(1).toSeconds()
        && (change == null || !change.getInstant().isBefore(end));
  }

  /** How many seconds of the day have begun by {@code at}. */
  private static int secondsUpTo(Instant at, Instant start, Instant end) {
    long seconds = at.getEpochSecond() - start.getEpochSecond() + 1;
    return (int) Math.max(0, Math.min(seconds, end.getEpochSecond() - start.getEpochSecond()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuartzExpression that
        && zone.equals(that.zone)
        && expression.getCronExpression().equals(that.expression.getCronExpression());
  }

  @Override
  public int hashCode() {
    return 31 * expression.getCronExpression().hashCode() + zone.hashCode();
  }
}
