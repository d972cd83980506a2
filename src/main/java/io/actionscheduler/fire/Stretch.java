package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Successive scheduled times of one action that share an outcome.
 *
 * @param count how many; at least 1
 */
public record Stretch(Instant first, Instant last, long count) {
  public Stretch {
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
    if (count < 1 || last.isBefore(first)) {
      throw new IllegalArgumentException("no stretch: " + first + " to " + last + ", " + count);
    }
  }

  public static Stretch of(Instant only) {
    return new Stretch(only, only, 1);
  }
}
