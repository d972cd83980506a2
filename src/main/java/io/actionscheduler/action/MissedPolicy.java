package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens to missed fires.
 *
 * @param merge whether only the latest is delivered, the others merged into it
 * @param actuality the age at which a missed fire expires; empty: never
 */
public record MissedPolicy(boolean merge, Optional<Duration> actuality) {
  // Longer than any schedule reaches back, and far below the limit of instants.
  private static final long FOREVER_SECONDS = 400L * 366 * 24 * 60 * 60;

  /**
   * @throws IllegalArgumentException when {@code actuality} is negative
   */
  public MissedPolicy {
    requireNonNull(actuality, "actuality is null");
    if (actuality.isPresent() && actuality.get().isNegative()) {
      throw new IllegalArgumentException("actuality " + actuality.get() + " is negative");
    }
  }

  /** From the table's columns: {@code actuality_time} in seconds, negative for never. */
  public static MissedPolicy of(boolean mergeMissed, long actualityTime) {
    return new MissedPolicy(
        mergeMissed,
        actualityTime < 0 || actualityTime > FOREVER_SECONDS
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(actualityTime)));
  }
}
