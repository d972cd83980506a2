package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A stretch of the ledger that is closed: successive scheduled times that share an outcome.
 *
 * @param begunAt of the version of the schedule that it belongs to; see {@link LedgerVersion}
 */
public record LedgerEntry(ProgressKey key, Instant begunAt, Outcome outcome, Stretch stretch) {
  public LedgerEntry {
    requireNonNull(key, "key is null");
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(stretch, "stretch is null");
  }
}
