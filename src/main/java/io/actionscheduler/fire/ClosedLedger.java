package io.actionscheduler.fire;

import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parts of the ledger that have ended and have to be stored: stretches, and versions of schedules.
 * They are closed only here. Not safe for use by several threads.
 */
public final class ClosedLedger {
  // No array is made of what stays empty, as the versions do for an action that was late.
  private final List<LedgerEntry> stretches = new ArrayList<>(0);
  private final List<LedgerVersion> versions = new ArrayList<>(0);

  /**
   * The ledger of progress that ends at {@code at}: what it had settled, and the later scheduled
   * times, which never start.
   *
   * @param schedule the schedule of the progress; empty when its text can no longer be read: then
   *     its later times are unknown
   * @param rest the outcome of the times after {@link Progress#settledUntil} and up to {@code at}
   */
  public static ClosedLedger of(
      Progress ended, Optional<Schedule> schedule, Outcome rest, Instant at) {
    ClosedLedger closed = new ClosedLedger();
    Account account = ended.account();
    closed.closeStretch(ended.key(), account, ended.settledUntil());
    schedule
        .flatMap(times -> Stretch.of(times, ended.settledUntil(), at))
        .map(fires -> new LedgerEntry(ended.key(), account.begunAt(), rest, fires))
        .ifPresent(closed.stretches::add);
    closed.closeVersion(ended.key(), ended.cron(), ended.zone(), account.begunAt(), at);
    return closed;
  }

  /** Closes the latest stretch of {@code account}, which ends at {@code last}; none where empty. */
  public void closeStretch(ProgressKey key, Account account, Instant last) {
    account
        .outcome()
        .map(
            outcome ->
                new LedgerEntry(
                    key,
                    account.begunAt(),
                    outcome,
                    new Stretch(account.first(), last, account.count())))
        .ifPresent(stretches::add);
  }

  /**
   * Closes the version of a schedule. One that had no time at all is left out: the next version
   * begins at the same moment, and takes its place.
   *
   * @param cron its canonical text
   * @param zone the id of its zone
   */
  public void closeVersion(
      ProgressKey key, String cron, String zone, Instant begunAt, Instant endedAt) {
    if (endedAt.isAfter(begunAt)) {
      versions.add(new LedgerVersion(key, cron, zone, begunAt, endedAt));
    }
  }

  /** Adds parts that ended later under the same key. */
  public void addAll(ClosedLedger later) {
    stretches.addAll(later.stretches);
    versions.addAll(later.versions);
  }

  public List<LedgerEntry> stretches() {
    return List.copyOf(stretches);
  }

  public List<LedgerVersion> versions() {
    return List.copyOf(versions);
  }
}
