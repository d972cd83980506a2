package io.actionscheduler.fire;

import java.util.Collection;

/**
 * What is kept together, in one transaction.
 *
 * @param number tells it from the one before: from 1, growing while a process owns the store
 * @param progress replaces what was kept under its keys
 * @param removed keys whose progress goes; none of them is in {@code progress}
 * @param stretches of the ledger that were closed
 * @param versions of schedules that ended
 * @param runs for the history
 * @param deadLetters what changed among them
 * @param running what changed among the fires that run
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
  /** Without a change among the fires that run. */
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

  /** Without a change among the dead letters. */
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
