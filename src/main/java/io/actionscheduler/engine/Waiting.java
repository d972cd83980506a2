package io.actionscheduler.engine;

import java.time.Instant;

/**
 * A lane with missed fires: what expires soonest goes first, what never expires by its time.
 *
 * @param expiresAt {@link Instant#MAX} for never
 */
record Waiting(Lane lane, Instant expiresAt, Instant scheduledAt) implements Comparable<Waiting> {
  @Override
  public int compareTo(Waiting other) {
    int byExpiry = expiresAt.compareTo(other.expiresAt);
    return byExpiry == 0 ? scheduledAt.compareTo(other.scheduledAt) : byExpiry;
  }
}
