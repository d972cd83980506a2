package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The fires that a start found missed are held for an operator.
 *
 * @param heldAt when the start found them: what was missed by then is held, and nothing else
 * @param until when what is not decided goes on by the rule of its row
 */
public record BacklogHold(Instant heldAt, Instant until) {
  public BacklogHold {
    requireNonNull(heldAt, "heldAt is null");
    requireNonNull(until, "until is null");
  }
}
