package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which the target of a callback was unavailable.
 *
 * @param endedAt empty while it lasts
 */
public record PastOutage(Outage outage, Optional<Instant> endedAt) {
  public PastOutage {
    requireNonNull(outage, "outage is null");
    requireNonNull(endedAt, "endedAt is null");
  }
}
