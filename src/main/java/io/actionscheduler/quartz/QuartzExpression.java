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
import java.time.zone.ZoneRules;
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

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CronExpression expression;
  private final ZoneId zone;

  /** Whether days are asked for by {@code W}, in the fourth field. */
  private final boolean nearestWeekday;

  private QuartzExpression(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    this.nearestWeekday = expression.getCronExpression().trim().split("\\s+")[3].contains("W");
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
    Optional<Instant> fire = step(anchor(from));
    while (fire.isPresent() && !fire.get().isAfter(from)) {
      fire = step(fire.get());
    }
    return fire;
  }

  @Override
  public Optional<Instant> previous(Instant at) {
    if (at.isBefore(FIRST)) {
      return Optional.empty();
    }
    Instant to = at.isAfter(LAST) ? LAST : at;
    Instant anchor = anchor(to);
    if (!nearestWeekday && !anchor.equals(to)) {
      Optional<Instant> last = Optional.empty();
      Optional<Instant> fire = next(anchor);
      while (fire.isPresent() && !fire.get().isAfter(to)) {
        last = fire;
        fire = step(fire.get());
      }
      return last.isPresent() ? last : previous(anchor);
    }
    Optional<Instant> early = Optional.empty();
    Duration back = SECOND;
    while (early.isEmpty() && !to.minus(back.dividedBy(4)).isBefore(FIRST)) {
      early = next(to.minus(back)).filter(fire -> !fire.isAfter(to));
      back = back.multipliedBy(4);
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
      if (firesAtAllTimes(start, end)) {
        count -= times.get().countBefore(secondsUpTo(done, start, end));
        done = end.minus(SECOND);
        count += times.get().countBefore(secondsUpTo(upTo, start, end));
        fire = next(done);
      } else {
        count++;
        done = fire.get();
        fire = step(done);
      }
    }
    return count;
  }

  private Optional<Instant> step(Instant after) {
    Date fire = expression.getTimeAfter(Date.from(after));
    return fire == null ? Optional.empty() : Optional.of(fire.toInstant());
  }

  /**
   * A moment at or before {@code at} from which Quartz walks right. Near a change of the clock, and
   * between a day and the weekday nearest to it, what it answers depends on where it is asked from:
   * in an overlap it never fires the first time, and asked from there leaves out the second too.
   */
  private Instant anchor(Instant at) {
    if (nearestWeekday) {
      LocalDate date = at.atZone(zone).toLocalDate().minusDays(3);
      return date.atStartOfDay(zone).toInstant().minus(SECOND);
    }
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition coming = rules.nextTransition(at);
    if (coming != null && !at.isBefore(startOfChange(coming))) {
      return startOfChange(coming);
    }
    ZoneOffsetTransition last = rules.previousTransition(at.plusNanos(1));
    return last != null && at.isBefore(endOfChange(last)) ? startOfChange(last) : at;
  }

  private static Instant startOfChange(ZoneOffsetTransition change) {
    Instant start = change.getInstant().minus(HOUR);
    return change.isOverlap() ? start.plus(change.getDuration()) : start;
  }

  private static Instant endOfChange(ZoneOffsetTransition change) {
    Instant end = change.getInstant().plus(HOUR);
    return change.isGap() ? end.plus(change.getDuration()) : end;
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

  /** Whether a day that fires at all does so at each time: not where Quartz's walk is uneven. */
  private boolean firesAtAllTimes(Instant start, Instant end) {
    return !nearestWeekday
        && anchor(start).equals(start)
        && anchor(end).equals(end)
        && keepsItsOffset(start, end);
  }

  private boolean keepsItsOffset(Instant start, Instant end) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(start);
    return end.getEpochSecond() - start.getEpochSecond() == Duration.ofDays(1).toSeconds()
        && (change == null || !startOfChange(change).isBefore(end));
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
