package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A decision on the missed fires of an action at a callback: all that are not settled, up to {@code
 * upTo}.
 *
 * @param upTo the last scheduled time that the decision covers
 * @param at when it was made
 */
public record DecidedBacklog(ProgressKey key, Instant upTo, BacklogDecision decision, Instant at) {
  public DecidedBacklog {
    requireNonNull(key, "key is null");
    requireNonNull(upTo, "upTo is null");
    requireNonNull(decision, "decision is null");
    requireNonNull(at, "at is null");
  }
}
