package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import java.time.Instant;
import java.util.Optional;

/**
 * One action at one scheduled time.
 *
 * @param merged the missed fires that are merged into this one
 * @param request identifies a fire by hand; empty for all others
 */
public record Fire(
    Action action, Instant scheduledAt, Cause cause, Optional<Stretch> merged, String request) {
  public Fire {
    requireNonNull(action, "action is null");
    requireNonNull(scheduledAt, "scheduledAt is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(merged, "merged is null");
    requireNonNull(request, "request is null");
  }

  /** The same fire of {@code other}, the same action with other values. */
  public Fire of(Action other) {
    return new Fire(other, scheduledAt, cause, merged, request);
  }

  /** The same without the fires that merged into it. */
  public Fire alone() {
    return new Fire(action, scheduledAt, cause, Optional.empty(), request);
  }

  public FireId id() {
    return new FireId(action.id(), scheduledAt, request);
  }

  /** How many missed fires are merged into this one; 0 for none. */
  public long missedCount() {
    return merged.map(Stretch::count).orElse(0L);
  }
}
