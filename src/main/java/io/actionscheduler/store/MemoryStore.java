package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptAnswer;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.schedule.ZoneLaw;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Stores everything until the process ends; used without {@code internal_db}. */
public final class MemoryStore extends MemoryBacklog implements Store {
  private final Map<ProgressKey, Progress> progress = new HashMap<>();
  private final UnfinishedFires unfinished = new UnfinishedFires();
  private final Map<String, TreeMap<ActionId, Action>> snapshots = new HashMap<>();
  private final Map<String, Instant> readAt = new HashMap<>();
  // The ledger grows with every change of outcome until the process ends.
  private static final int MOST_IN_LEDGER = 100_000;
  private final LatestEntries<LedgerEntry> ledger = new LatestEntries<>(MOST_IN_LEDGER);
  private final LatestEntries<LedgerVersion> versions = new LatestEntries<>(MOST_IN_LEDGER);
  private Instant ledgerDroppedUpTo = Instant.MIN;
  private final MemoryHistory runs = new MemoryHistory(); // for a look at the latest
  private Optional<Verified> verified = Optional.empty();
  private final Map<String, ZoneLaw> laws = new HashMap<>();

  @Override
  public String label() {
    return "memory";
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  /** Always granted, and never lost: no other process can see the store. */
  @Override
  public void own(Runnable lost) {
    requireNonNull(lost, "lost is null");
    unfinished.clearRunning();
  }

  @Override
  public boolean isOwned() {
    return true;
  }

  @Override
  public Optional<StoreOwner> leaseHolder() {
    return Optional.empty();
  }

  @Override
  public void readProgress(IdScope ids, Consumer<Progress> each) {
    List<Progress> all;
    synchronized (this) {
      all = List.copyOf(progress.values());
    }
    // Outside the lock: the receiver may write to the store.
    all.stream().filter(one -> ids.contains(one.key().action())).forEach(each);
  }

  @Override
  public void readRunning(Consumer<Run> each) {
    unfinished.running().forEach(each);
  }

  @Override
  public void readDeadLetters(IdScope ids, Consumer<DeadLetter> each) {
    unfinished.deadLetters(ids).forEach(each);
  }

  @Override
  public synchronized void record(Recording recording) {
    List<Progress> saved = recording.progress().stream().map(Micros::kept).toList();
    recording.removed().forEach(progress::remove);
    saved.forEach(one -> progress.put(one.key(), one));
    for (LedgerEntry entry : recording.stretches()) {
      ledger.put(LedgerPosition.of(entry), entry).ifPresent(old -> dropped(old.stretch().last()));
    }
    for (LedgerVersion version : recording.versions()) {
      versions.put(LedgerPosition.of(version), version).ifPresent(old -> dropped(old.endedAt()));
    }
    unfinished.take(recording);
    addByHand(recording.runs());
  }

  private void dropped(Instant last) {
    ledgerDroppedUpTo = last.isAfter(ledgerDroppedUpTo) ? last : ledgerDroppedUpTo;
  }

  @Override
  public synchronized void addByHand(Collection<Run> added) {
    added.forEach(runs::add);
  }

  @Override
  public void readLedger(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerEntry> each)
      throws StoreException {
    List<LedgerEntry> all;
    synchronized (this) {
      complete(from);
      all = ledger.inOrder();
    }
    all.stream()
        .filter(entry -> action.map(entry.key().action()::equals).orElse(true))
        .filter(entry -> !entry.stretch().last().isBefore(from))
        .filter(entry -> !entry.stretch().first().isAfter(to))
        .forEach(each);
  }

  @Override
  public void readVersions(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerVersion> each)
      throws StoreException {
    List<LedgerVersion> all;
    synchronized (this) {
      complete(from);
      all = versions.inOrder();
    }
    all.stream()
        .filter(version -> action.map(version.key().action()::equals).orElse(true))
        .filter(version -> !version.endedAt().isBefore(from) && !version.begunAt().isAfter(to))
        .forEach(each);
  }

  /** Dropped entries must not be mistaken for scheduled times without an outcome. */
  private void complete(Instant from) throws StoreException {
    if (!from.isAfter(ledgerDroppedUpTo)) {
      throw StoreException.failing(
          "memory: the ledger before "
              + ledgerDroppedUpTo
              + " was dropped, it holds the latest "
              + MOST_IN_LEDGER
              + " entries; set internal_db to keep all of it",
          null);
    }
  }

  @Override
  public synchronized List<Entry> history(Filter filter, long before, int most) {
    return runs.latestFirst()
        .filter(entry -> entry.number() < before && filter.matches(entry.run()))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Entry> historyAfter(Filter filter, long after, int most) {
    return runs.oldestFirst()
        .filter(entry -> entry.number() > after && filter.matches(entry.run()))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Entry> historyPage(Filter filter, long skip, int most) {
    return runs.latestFirst()
        .filter(entry -> filter.matches(entry.run()))
        .skip(skip)
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Count countHistory(Filter filter) {
    // Never more than are counted: it keeps no more.
    return new Count(runs.latestFirst().filter(entry -> filter.matches(entry.run())).count(), true);
  }

  @Override
  public synchronized boolean pruneHistory(Instant before, long maxRows) {
    runs.prune(before, maxRows);
    return false;
  }

  @Override
  public void addChanges(Collection<Change> changes) {
    requests.add(changes);
  }

  @Override
  public List<Change> changes(Optional<ActionId> action, long before, int most) {
    return requests.changes(action, before, most);
  }

  @Override
  public Optional<KeptAnswer> answer(String client, String key, Instant since) {
    return requests.answer(client, key, since);
  }

  @Override
  public void keepAnswer(KeptAnswer answer, Instant dropped) {
    requests.keep(answer, dropped);
  }

  @Override
  public void dropAnswer(String client, String key) {
    requests.drop(client, key);
  }

  @Override
  public synchronized Optional<Verified> lastVerified() {
    return verified;
  }

  @Override
  public synchronized void keepVerified(Verified latest) {
    verified = Optional.of(latest);
  }

  @Override
  public synchronized Map<String, ZoneLaw> zoneLaws() {
    return Map.copyOf(laws);
  }

  @Override
  public synchronized void keepZoneLaws(Map<String, ZoneLaw> kept) {
    kept.forEach(laws::putIfAbsent);
  }

  @Override
  public synchronized Optional<Instant> snapshotReadAt(String source) {
    return Optional.ofNullable(readAt.get(source));
  }

  @Override
  public void readSnapshot(String source, Consumer<Action> each) {
    List<Action> all;
    synchronized (this) {
      all = List.copyOf(snapshots.getOrDefault(source, new TreeMap<>()).values());
    }
    all.forEach(each);
  }

  @Override
  public synchronized void saveSnapshot(
      String source, Collection<Action> changed, Collection<ActionId> removed) {
    TreeMap<ActionId, Action> actions = snapshots.computeIfAbsent(source, none -> new TreeMap<>());
    removed.forEach(actions::remove);
    changed.forEach(action -> actions.put(action.id(), action));
  }

  @Override
  public synchronized void snapshotTaken(String source, Instant at) {
    readAt.put(source, Micros.kept(at));
  }

  @Override
  public Map<ActionId, Instant> apschedulerNextRuns() {
    return Map.of();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
