package io.actionscheduler.schedule;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Dates and times of the day by the clock of a zone, between two instants: the form to which all
 * cron formats of this package are converted. Works in whole seconds, local ones counted like those
 * of the epoch.
 */
final class CronSchedule implements Schedule {
  /** Later than every fire: means that there is none. */
  private static final long NONE = Long.MAX_VALUE;

  /** Earlier than every local time: means that none matches. */
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * Rules of zones and dates repeat after 400 years: a schedule without a fire by then has none.
   */
  private static final long CYCLE = (long) Month.CYCLE * TimeSet.DAY;

  /**
   * A local time is always nearer than this to the instant of the same number: changes of the clock
   * farther away from where the search stands and from the match that it found repeat nothing.
   */
  private static final long NEAR = 2L * TimeSet.DAY;

  /**
   * The beginning of 2020: no store has fires from before, so that zones which differed earlier, as
   * CET and Europe/Berlin did until 1980, count as the same.
   */
  private static final long NO_FIRE_BEFORE = 1_577_836_800;

  private final DateRule dates;
  private final TimeSet times;
  private final ZoneTable zone;
  private final ClockChanges changes;
  private final Bounds bounds;

  CronSchedule(DateRule dates, TimeSet times, ZoneTable zone, ClockChanges changes, Bounds bounds) {
    this.dates = dates;
    this.times = times;
    this.zone = zone;
    this.changes = changes;
    this.bounds = bounds;
  }

  /** The same local times, with another rule for changes of the clock. */
  CronSchedule with(ClockChanges others) {
    return new CronSchedule(dates, times, zone, others, bounds);
  }

  /** The same within other bounds. */
  CronSchedule with(Bounds others) {
    return new CronSchedule(dates, times, zone, changes, others);
  }

  DateRule dates() {
    return dates;
  }

  TimeSet times() {
    return times;
  }

  ZoneTable zone() {
    return zone;
  }

  ClockChanges changes() {
    return changes;
  }

  Bounds bounds() {
    return bounds;
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long from = Math.max(after.getEpochSecond() + 1, bounds.first());
    long found = from > bounds.last() ? NONE : atOrAfter(from);
    return found > bounds.last() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(found));
  }

  @Override
  public Optional<Instant> previous(Instant at) {
    long to = Math.min(at.getEpochSecond(), bounds.last());
    long found = to < bounds.first() ? NONE : atOrBefore(to);
    return found == NONE || found < bounds.first()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(found));
  }

  @Override
  public long count(Instant after, Instant upTo) {
    long from = Math.max(after.getEpochSecond() + 1, bounds.first());
    long end = Math.min(upTo.getEpochSecond(), bounds.last()) + 1;
    from = Math.max(from, dates.since() * TimeSet.DAY - NEAR);
    end = Math.min(end, dates.until() * TimeSet.DAY + NEAR);
    long count = 0;
    while (from < end) {
      Span span = zone.at(from);
      count += count(span, from, Math.min(end, span.end()));
      from = span.end();
    }
    return count;
  }

  /** By the sets of hours and minutes, so that a week of many schedules costs no search. */
  @Override
  public void addMinutes(Instant begin, int times, long[] fires) {
    long from = Math.max(begin.getEpochSecond(), bounds.first());
    long end = Math.min(begin.getEpochSecond() + 60L * fires.length, bounds.last() + 1);
    while (from < end) {
      Span span = zone.at(from);
      long until = Math.min(end, span.end());
      long opening = opening(span, from);
      long closing = Math.min(until + span.offset(), closes(span));
      long gapEnd = span.start() + span.offset();
      long first = begin.getEpochSecond() + span.offset();
      if (changes == ClockChanges.ONCE && opening < gapEnd) { // as count has it
        fires[minute(gapEnd - first)] += Math.min(countLocal(opening, gapEnd + 1), 1) * times;
        opening = gapEnd + 1;
      }
      addMinutes(opening, closing, new MinuteCounts(first, times, fires));
      from = span.end();
    }
  }

  private static int minute(long seconds) {
    return (int) Math.floorDiv(seconds, 60L);
  }

  /** Adds what matches in local times [{@code from}, {@code end}). */
  private void addMinutes(long from, long end, MinuteCounts counts) {
    long day = dates.atOrAfter(Math.floorDiv(from, (long) TimeSet.DAY));
    while (day != DateRule.NONE && day * TimeSet.DAY < end) {
      times.addTo(counts, day * TimeSet.DAY, from, end);
      day = dates.atOrAfter(day + 1);
    }
  }

  @Override
  public boolean meansTheSameAs(Schedule schedule) {
    return schedule instanceof CronSchedule other
        && times.equals(other.times)
        && zone.agreesFrom(NO_FIRE_BEFORE, other.zone)
        && bounds.equals(other.bounds)
        && (changes == other.changes || zone.isFixed())
        && dates.namesTheDatesOf(other.dates);
  }

  @Override
  public Instant movedFrom(Schedule before, Instant at) {
    if (changes == ClockChanges.FOLLOW || !(before instanceof CronSchedule old)) {
      return at;
    }
    long second = at.getEpochSecond();
    long local = second + old.zone.at(second).offset();
    Span span = zone.at(local - zone.at(second).offset());
    return Instant.ofEpochSecond(local - span.offset());
  }

  /** The first fire at or after {@code from}, or {@link #NONE}. */
  private long atOrAfter(long from) {
    Span span = zone.at(from);
    long local = opening(span, from);
    long match = localAtOrAfter(local);
    long horizon = Math.max(from, ZoneTable.END) + CYCLE;
    while (match >= closes(span)) {
      long end = span.end();
      if (span.start() > horizon || match == NONE && end >= local + NEAR) {
        return NONE;
      }
      span = zone.at(end < local + NEAR ? end : Math.max(end, match - NEAR));
      long opens = opens(span);
      if (opens < local || opens > match) { // the clock repeats times, or skips this one
        local = opens;
        match = localAtOrAfter(local);
      }
    }
    return match == NONE ? NONE : span.instant(match);
  }

  /** The last fire at or before {@code to}, or {@link #NONE}. */
  private long atOrBefore(long to) {
    Span span = zone.at(to);
    long local = Math.min(to + span.offset(), closes(span) - 1);
    long match = localAtOrBefore(local);
    while (match < opens(span)) {
      long before = span.start() - 1;
      if (match == NEVER && before <= local - NEAR) {
        return NONE;
      }
      span = zone.at(before > local - NEAR ? before : Math.min(before, match + NEAR));
      long closing = closes(span) - 1;
      if (closing > local || closing < match) {
        local = closing;
        match = localAtOrBefore(local);
      }
    }
    return span.instant(match);
  }

  /** How many fires lie in [{@code from}, {@code end}), which is within {@code span}. */
  private long count(Span span, long from, long end) {
    long opening = opening(span, from);
    long closing = Math.min(end + span.offset(), closes(span));
    long gapEnd = span.start() + span.offset();
    if (changes != ClockChanges.ONCE || opening >= gapEnd) {
      return opening < closing ? countLocal(opening, closing) : 0;
    }
    long inGap = countLocal(opening, gapEnd + 1); // one fire together, with any at the very end
    return Math.min(inGap, 1) + countLocal(gapEnd + 1, closing);
  }

  /** The first local time for which {@code span} is responsible. */
  private long opens(Span span) {
    return span.opens(changes != ClockChanges.ONCE);
  }

  /** The end of these local times: the span after an overlap may have the repeated times. */
  private long closes(Span span) {
    if (changes != ClockChanges.SECOND_PASS || span.end() >= Span.FAR) {
      return span.closes();
    }
    return span.end() + Math.min(span.offset(), zone.at(span.end()).offset());
  }

  /** The first local time of {@code span} that does not fire before {@code from}. */
  private long opening(Span span, long from) {
    long opens = opens(span);
    return from <= span.start() ? opens : Math.max(opens, from + span.offset());
  }

  private long localAtOrAfter(long local) {
    long day = Math.floorDiv(local, (long) TimeSet.DAY);
    int time = times.atOrAfter((int) (local - day * TimeSet.DAY));
    long from = time < 0 ? day + 1 : day;
    long match = dates.atOrAfter(from);
    if (match == DateRule.NONE) {
      return NONE;
    }
    return match * TimeSet.DAY + (match == day ? time : times.first());
  }

  private long localAtOrBefore(long local) {
    long day = Math.floorDiv(local, (long) TimeSet.DAY);
    int time = times.atOrBefore((int) (local - day * TimeSet.DAY));
    long to = time < 0 ? day - 1 : day;
    long match = dates.atOrBefore(to);
    if (match == DateRule.NONE) {
      return NEVER;
    }
    return match * TimeSet.DAY + (match == day ? time : times.last());
  }

  /** How many matching local times lie in [{@code from}, {@code end}). */
  private long countLocal(long from, long end) {
    return countLocalBefore(end, from) - countLocalBefore(from, from);
  }

  /** How many lie between the midnight before {@code since} and {@code end}. */
  private long countLocalBefore(long end, long since) {
    long firstDay = Math.floorDiv(since, (long) TimeSet.DAY);
    long day = Math.floorDiv(end, (long) TimeSet.DAY);
    long partly = times.countBefore((int) (end - day * TimeSet.DAY)) * dates.count(day, day + 1);
    return dates.count(firstDay, day) * times.count() + partly;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule that
        && changes == that.changes
        && times.equals(that.times)
        && dates.equals(that.dates)
        && zone.equals(that.zone)
        && bounds.equals(that.bounds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(dates, times, zone, changes, bounds);
  }
}
