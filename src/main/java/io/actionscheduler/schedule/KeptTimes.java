package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fire times of a schedule that its calendars leave to it.
 *
 * @param whole the schedule with all of its times
 * @param excluded when it does not fire
 * @param from {@link #previous} looks no further back
 * @param until {@link #next} looks no further ahead: a schedule of which a calendar leaves nothing
 *     would be searched forever
 */
public record KeptTimes(Schedule whole, Windows excluded, Instant from, Instant until)
    implements Schedule {
  /** How far a look into a window goes at first; twice as far each further time. */
  private static final Duration STEP = Duration.ofHours(1);

  private static final Duration LONGEST_STEP = Duration.ofDays(8);

  public KeptTimes {
    requireNonNull(whole, "whole is null");
    requireNonNull(excluded, "excluded is null");
    requireNonNull(from, "from is null");
    requireNonNull(until, "until is null");
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<Instant> next = whole.next(after);
    Duration step = STEP;
    while (next.isPresent() && !next.get().isAfter(until)) {
      Instant at = next.get();
      List<Window> ahead = excluded.between(at, at.plus(step));
      if (ahead.isEmpty() || ahead.get(0).start().isAfter(at)) {
        return next;
      }
      next = whole.next(ahead.get(0).end().minusNanos(1));
      step = longer(step);
    }
    return Optional.empty();
  }

  @Override
  public Optional<Instant> previous(Instant at) {
    Optional<Instant> previous = whole.previous(at);
    Duration step = STEP;
    while (previous.isPresent() && !previous.get().isBefore(from)) {
      Instant end = previous.get().plusNanos(1);
      List<Window> before = excluded.between(end.minus(step), end);
      if (before.isEmpty() || before.get(before.size() - 1).end().isBefore(end)) {
        return previous;
      }
      previous = whole.previous(before.get(before.size() - 1).start().minusNanos(1));
      step = longer(step);
    }
    return Optional.empty();
  }

  private static Duration longer(Duration step) {
    Duration twice = step.multipliedBy(2);
    return twice.compareTo(LONGEST_STEP) < 0 ? twice : LONGEST_STEP;
  }

  /** The times between, however far away. */
  @Override
  public long count(Instant after, Instant upTo) {
    long count = whole.count(after, upTo);
    if (count == 0) {
      return 0;
    }
    // Where no time is, no window matters; the ends may be the first and the last instant there is.
    Instant first = whole.next(after).orElseThrow();
    Instant last = whole.previous(upTo).orElseThrow();
    for (Window window : excluded.between(first, last.plusNanos(1))) {
      count -= whole.count(window.start().minusNanos(1), window.end().minusNanos(1));
    }
    return count;
  }

  @Override
  public void addMinutes(Instant begin, int times, long[] fires) {
    Instant end = begin.plusSeconds(60L * fires.length);
    if (until.isBefore(end)) {
      new KeptTimes(whole, excluded, from, end).addMinutes(begin, times, fires);
    } else {
      Schedule.super.addMinutes(begin, times, fires);
    }
  }

  @Override
  public Instant movedFrom(Schedule before, Instant at) {
    return whole.movedFrom(before instanceof KeptTimes kept ? kept.whole() : before, at);
  }
}
