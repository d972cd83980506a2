package io.actionscheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Every so often, in real time, until an end.
 *
 * @param start the first fire, in microseconds since the epoch
 * @param every microseconds between two fires, more than 0
 * @param last the latest moment of a fire, in microseconds since the epoch; {@link Micros#MOST} for
 *     no end
 */
record Interval(long start, long every, long last) implements Schedule {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofDays(36_500);

  Interval {
    if (every <= 0) {
      throw new IllegalArgumentException("every " + every + " is not more than 0");
    }
  }

  /** Fires at {@code start} and each {@code every} after it, up to {@code end}. */
  static Interval of(Instant start, Duration every, Instant end) {
    return new Interval(Micros.of(start), every.toSeconds() * Micros.SECOND, Micros.of(end));
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long micros = Micros.of(after);
    if (micros == Micros.MOST) {
      return Optional.empty();
    }
    long next = micros < start ? start : start + ((micros - start) / every + 1) * every;
    return next > last ? Optional.empty() : Optional.of(Micros.instant(next));
  }

  @Override
  public Optional<Instant> previous(Instant at) {
    long micros = Math.min(Micros.of(at), last);
    return micros < start
        ? Optional.empty()
        : Optional.of(Micros.instant(start + (micros - start) / every * every));
  }

  @Override
  public long count(Instant after, Instant upTo) {
    return upTo.isAfter(after) ? countUpTo(upTo) - countUpTo(after) : 0;
  }

  private long countUpTo(Instant at) {
    long micros = Math.min(Micros.of(at), last);
    return micros < start ? 0 : (micros - start) / every + 1;
  }
}
