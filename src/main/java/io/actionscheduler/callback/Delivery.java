package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.Fire;
import java.time.Instant;

/**
 * One attempt to deliver a fire: what a callback is given.
 *
 * @param attempt from 1; above 1 where the fire was surely or maybe attempted before
 * @param startedAt the moment of this attempt
 * @param deadLetter whether another callback gave the fire up, and this one is handed it: what it
 *     settles is no progress of the action here
 */
public record Delivery(Fire fire, int attempt, Instant startedAt, boolean deadLetter) {
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
