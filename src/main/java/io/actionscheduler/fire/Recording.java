package io.actionscheduler.fire;

import java.util.Collection;
import java.util.List;

/**
 * What is kept together, in one transaction.
 *
 * @param progress replaces what was kept under its keys
 * @param removed keys whose progress goes; none of them is in {@code progress}
 * @param stretches of the ledger that were closed
 * @param versions of schedules that ended
 * @param runs for the history
 */
public record Recording(
    Collection<Progress> progress,
    Collection<ProgressKey> removed,
    Collection<LedgerEntry> stretches,
    Collection<LedgerVersion> versions,
    Collection<Run> runs) {

  public static Recording of(Collection<Progress> progress) {
    return new Recording(progress, List.of(), List.of(), List.of(), List.of());
  }

  public boolean isEmpty() {
    return progress.isEmpty()
        && removed.isEmpty()
        && stretches.isEmpty()
        && versions.isEmpty()
        && runs.isEmpty();
  }
}
