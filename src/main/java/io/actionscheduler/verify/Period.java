package io.actionscheduler.verify;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/** The scheduled times at or after {@code from} and before {@code to}. */
public record Period(Instant from, Instant to) {
  /**
   * @throws IllegalArgumentException when {@code to} is not after {@code from}
   */
  public Period {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("no period: " + from + " to " + to);
    }
  }

  /** The part of ({@code after}, {@code upTo}] that lies in the period, or empty for none. */
  Optional<Part> part(Instant after, Instant upTo) {
    Part part = new Part(Moments.later(after, before(from)), Moments.earlier(upTo, before(to)));
    return part.after.isBefore(part.upTo) ? Optional.of(part) : Optional.empty();
  }

  static Instant before(Instant at) {
    return at.minusNanos(1);
  }

  /** The time after one moment and up to another. */
  record Part(Instant after, Instant upTo) {
    Optional<Stretch> fires(Schedule schedule) {
      return Stretch.of(schedule, after, upTo);
    }
  }
}
