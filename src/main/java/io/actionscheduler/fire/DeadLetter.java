package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A fire that failed permanently and waits to be handed to the dead-letter callback. Its action has
 * continued without it.
 *
 * @param key the action, and the callback at which the fire failed
 * @param fire as it is handed over, and tried again there; marked as given up
 */
public record DeadLetter(ProgressKey key, OpenFire fire) {
  /**
   * @throws IllegalArgumentException when {@code fire} is not given up
   */
  public DeadLetter {
    requireNonNull(key, "key is null");
    requireNonNull(fire, "fire is null");
    if (!fire.givenUp()) {
      throw new IllegalArgumentException(key + ": a fire that may still succeed is no dead letter");
    }
  }

  /** Identifies a dead letter in a store. */
  public record Id(ProgressKey key, Instant scheduledAt) {
    public Id {
      requireNonNull(key, "key is null");
      requireNonNull(scheduledAt, "scheduledAt is null");
    }
  }

  public Id id() {
    return new Id(key, fire.scheduledAt());
  }
}
