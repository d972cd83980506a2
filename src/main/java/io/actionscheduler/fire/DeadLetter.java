package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A fire that failed for good and waits to be handed to the callback for such fires. Its action has
 * gone on without it.
 *
 * @param key the action, and the callback at which the fire failed
 * @param fire as it is handed over, and tried again there; it is given up
 */
public record DeadLetter(ProgressKey key, OpenFire fire) {
  public DeadLetter {
    requireNonNull(key, "key is null");
    requireNonNull(fire, "fire is null");
    if (!fire.givenUp()) {
      throw new IllegalArgumentException(key + ": a fire that may still succeed is no dead letter");
    }
  }

  /** What a store tells dead letters apart by. */
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
