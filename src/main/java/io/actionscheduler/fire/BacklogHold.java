package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The time for which the missed fires of a start are held for an operator.
 *
 * @param heldAt when the start found them: only fires missed by then are held
 * @param until from then on, fires without a decision follow the rule of their row
 */
public record BacklogHold(Instant heldAt, Instant until) {
  public BacklogHold {
    requireNonNull(heldAt, "heldAt is null");
    requireNonNull(until, "until is null");
  }
}
