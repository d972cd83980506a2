package io.actionscheduler.fire;

import java.util.Collection;

/**
 * What is stored together, in one transaction.
 *
 * @param number from 1, one more for each recording while a process owns the store; a recording
 *     that comes again has the same number
 * @param progress replaces what was stored under its keys
 * @param removed keys whose progress is removed; none of them is in {@code progress}
 * @param stretches of the ledger that were closed
 * @param versions of schedules that ended
 * @param runs for the history
 * @param deadLetters changes of the dead letters
 * @param running changes of the running fires
 */
public record Recording(
    long number,
    Collection<Progress> progress,
    Collection<ProgressKey> removed,
    Collection<LedgerEntry> stretches,
    Collection<LedgerVersion> versions,
    Collection<Run> runs,
    DeadLetterChanges deadLetters,
    RunningChanges running) {
  /** Without changes of running fires. */
  public Recording(
      long number,
      Collection<Progress> progress,
      Collection<ProgressKey> removed,
      Collection<LedgerEntry> stretches,
      Collection<LedgerVersion> versions,
      Collection<Run> runs,
      DeadLetterChanges deadLetters) {
    this(number, progress, removed, stretches, versions, runs, deadLetters, RunningChanges.NONE);
  }

  /** Without changes of dead letters and running fires. */
  public Recording(
      long number,
      Collection<Progress> progress,
      Collection<ProgressKey> removed,
      Collection<LedgerEntry> stretches,
      Collection<LedgerVersion> versions,
      Collection<Run> runs) {
    this(number, progress, removed, stretches, versions, runs, DeadLetterChanges.NONE);
  }

  public boolean isEmpty() {
    return progress.isEmpty()
        && removed.isEmpty()
        && stretches.isEmpty()
        && versions.isEmpty()
        && runs.isEmpty()
        && deadLetters.isEmpty()
        && running.isEmpty();
  }
}
