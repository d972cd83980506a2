package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A fire that was attempted and is not settled: it survives a restart with the same id.
 *
 * @param attempts made so far; at least 1
 * @param refusals how many of them the target refused; only these use up retries
 * @param retryAt the earliest moment of the next try
 * @param outcomeUnknown whether an attempt may have reached the target without confirmation: such a
 *     fire is never merged into a later one
 * @param error of the last attempt
 * @param givenUp whether it failed permanently, and is on its way to the dead-letter callback
 */
public record OpenFire(
    Instant scheduledAt,
    Cause cause,
    Optional<Stretch> merged,
    int attempts,
    int refusals,
    Instant retryAt,
    boolean outcomeUnknown,
    String error,
    boolean givenUp) {
  /**
   * @throws IllegalArgumentException when {@code attempts} is below 1, or {@code refusals} is
   *     negative or above {@code attempts}
   */
  public OpenFire {
    requireNonNull(scheduledAt, "scheduledAt is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(merged, "merged is null");
    requireNonNull(retryAt, "retryAt is null");
    requireNonNull(error, "error is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts + " is below 1");
    }
    if (refusals < 0 || refusals > attempts) {
      throw new IllegalArgumentException("refusals " + refusals + " of " + attempts + " attempts");
    }
  }

  /** The same, not tried again before {@code at}. */
  public OpenFire retriedAt(Instant at) {
    return new OpenFire(
        scheduledAt, cause, merged, attempts, refusals, at, outcomeUnknown, error, givenUp);
  }
}
