package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which the target of a callback could not be reached.
 *
 * @param endedAt empty while it lasts
 * @param reason what the callback said when it began
 */
public record TargetOutage(
    String callback, Instant begunAt, Optional<Instant> endedAt, String reason) {
  public TargetOutage {
    requireNonNull(callback, "callback is null");
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(endedAt, "endedAt is null");
    reason = requireNonNull(reason, "reason is null").replace('\0', '\uFFFD');
  }

  /** The same outage, over. */
  public TargetOutage until(Instant end) {
    return new TargetOutage(
        callback, begunAt, Optional.of(end.isBefore(begunAt) ? begunAt : end), reason);
  }
}
