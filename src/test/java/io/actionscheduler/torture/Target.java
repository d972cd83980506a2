package io.actionscheduler.torture;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A scheduled time that must come to a good end.
 *
 * @param version which of the schedules that the action had one after the other, from 1
 * @param merge whether it may be merged into a later one when missed
 * @param actuality the age at which it expires when missed; empty: never
 * @param required false where it is uncertain that it counts: an edit was on its way
 */
record Target(
    int action,
    int version,
    Instant at,
    boolean merge,
    Optional<Duration> actuality,
    boolean required) {
  Target {
    requireNonNull(at, "at is null");
    requireNonNull(actuality, "actuality is null");
  }

  /** The same, where it is uncertain that it counts. */
  Target uncertain() {
    return new Target(action, version, at, merge, actuality, false);
  }

  @Override
  public String toString() {
    return action + "@" + at;
  }
}
