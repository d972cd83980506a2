package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.Fire;
import java.time.Instant;

/**
 * One attempt to deliver a fire, as a callback receives it.
 *
 * @param attempt from 1; greater than 1 when the fire was attempted before, or may have been
 * @param startedAt the moment of this attempt
 * @param deadLetter whether the fire failed permanently at another callback and this one is its
 *     dead-letter callback
 */
public record Delivery(Fire fire, int attempt, Instant startedAt, boolean deadLetter) {
  /**
   * @throws IllegalArgumentException when {@code attempt} is below 1
   */
  public Delivery {
    requireNonNull(fire, "fire is null");
    requireNonNull(startedAt, "startedAt is null");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt + " is below 1");
    }
  }

  public Delivery(Fire fire, int attempt, Instant startedAt) {
    this(fire, attempt, startedAt, false);
  }

  public Action action() {
    return fire.action();
  }
}
