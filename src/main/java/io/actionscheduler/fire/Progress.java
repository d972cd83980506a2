package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an action is settled at one callback.
 *
 * @param settledUntil every fire scheduled at or before this moment is settled (microseconds; finer
 *     parts are not stored)
 * @param cron the canonical text of the schedule that this progress belongs to
 * @param zone the id of that schedule's zone
 * @param paused whether the action was disabled when last read; enabled again, it continues from
 *     then
 * @param account the open end of the ledger
 * @param open the fire in retry, if there is one
 */
public record Progress(
    ProgressKey key,
    Instant settledUntil,
    String cron,
    String zone,
    boolean paused,
    Account account,
    Optional<OpenFire> open) {
  public Progress {
    requireNonNull(key, "key is null");
    requireNonNull(settledUntil, "settledUntil is null");
    requireNonNull(cron, "cron is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(account, "account is null");
    requireNonNull(open, "open is null");
  }
}
