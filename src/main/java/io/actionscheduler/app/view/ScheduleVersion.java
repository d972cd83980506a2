package io.actionscheduler.app.view;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A former or present schedule of an action at one of its callbacks, with the outcomes of its
 * times.
 *
 * @param endedAt empty for the one in force
 * @param settledUntil later times are not settled yet
 * @param paused whether the action is disabled since then
 * @param outcomes in the order of time; those of the last stretch too
 */
record ScheduleVersion(
    ProgressKey key,
    String cron,
    String zone,
    Instant begunAt,
    Optional<Instant> endedAt,
    Instant settledUntil,
    boolean paused,
    List<LedgerEntry> outcomes) {

  /** All versions that were in force between {@code from} and {@code to}, in the order of time. */
  static List<ScheduleVersion> of(Store store, ActionId action, Instant from, Instant to)
      throws StoreException {
    List<LedgerEntry> entries = new ArrayList<>();
    store.readLedger(Optional.of(action), from, to, entries::add);
    return of(store, action, from, to, entries);
  }

  /** The same with none of the outcomes but those of the last stretch: they may be a million. */
  static List<ScheduleVersion> withLastStretch(
      Store store, ActionId action, Instant from, Instant to) throws StoreException {
    return of(store, action, from, to, List.of());
  }

  private static List<ScheduleVersion> of(
      Store store, ActionId action, Instant from, Instant to, List<LedgerEntry> entries)
      throws StoreException {
    List<ScheduleVersion> versions = new ArrayList<>();
    store.readVersions(
        Optional.of(action), from, to, version -> versions.add(ended(version, entries)));
    for (Progress progress : store.progressOf(action)) {
      versions.add(inForce(progress, entries));
    }
    versions.sort((a, b) -> a.begunAt().compareTo(b.begunAt()));
    return versions;
  }

  private static ScheduleVersion ended(LedgerVersion version, List<LedgerEntry> entries) {
    return new ScheduleVersion(
        version.key(),
        version.cron(),
        version.zone(),
        version.begunAt(),
        Optional.of(version.endedAt()),
        version.endedAt(),
        false,
        of(version.key(), version.begunAt(), entries));
  }

  private static ScheduleVersion inForce(Progress progress, List<LedgerEntry> entries) {
    Instant begunAt = progress.account().begunAt();
    List<LedgerEntry> own = new ArrayList<>(of(progress.key(), begunAt, entries));
    progress
        .account()
        .outcome()
        .ifPresent(
            outcome -> {
              Instant first = progress.account().first();
              Instant last =
                  progress.settledUntil().isBefore(first) ? first : progress.settledUntil();
              own.add(
                  new LedgerEntry(
                      progress.key(),
                      begunAt,
                      outcome,
                      new Stretch(first, last, progress.account().count())));
            });
    return new ScheduleVersion(
        progress.key(),
        progress.cron(),
        progress.zone(),
        begunAt,
        Optional.empty(),
        progress.settledUntil(),
        progress.paused(),
        own);
  }

  private static List<LedgerEntry> of(ProgressKey key, Instant begunAt, List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key) && entry.begunAt().equals(begunAt))
        .toList();
  }

  /** Whether a time at or after {@code at} may be one of its own. */
  boolean covers(Instant at) {
    return !at.isBefore(begunAt) && endedAt.map(at::isBefore).orElse(true);
  }

  /** The outcome of a scheduled time; empty where the ledger does not have it. */
  Optional<Outcome> outcomeOf(Instant scheduledAt) {
    return outcomes.stream()
        .filter(
            entry ->
                !scheduledAt.isBefore(entry.stretch().first())
                    && !scheduledAt.isAfter(entry.stretch().last()))
        .map(LedgerEntry::outcome)
        .findFirst();
  }
}
