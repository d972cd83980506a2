package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A schedule that an action had, and no longer has: every scheduled time after {@code begunAt} and
 * up to {@code endedAt} is in the ledger.
 *
 * @param cron its canonical text
 * @param zone the id of its zone
 */
public record LedgerVersion(
    ProgressKey key, String cron, String zone, Instant begunAt, Instant endedAt) {
  public LedgerVersion {
    requireNonNull(key, "key is null");
    requireNonNull(cron, "cron is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(endedAt, "endedAt is null");
  }
}
