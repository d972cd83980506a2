package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptAnswer;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.store.MemoryBacklog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in memory that fails when a test says so and outlives the engine. */
final class FakeStore implements Store {
  private final Map<ProgressKey, Progress> progress = new LinkedHashMap<>();
  private final Map<DeadLetter.Id, DeadLetter> deadLetters = new LinkedHashMap<>();
  private final Map<RunningChanges.Id, Run> running = new LinkedHashMap<>();
  private final SortedMap<ActionId, Action> snapshot = new TreeMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final List<LedgerVersion> versions = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final AtomicInteger progressRead = new AtomicInteger();
  private volatile Hook onRead = () -> {};
  private final MemoryBacklog backlog = new MemoryBacklog();
  private final List<Consumer<String>> toldOfReplacement = new CopyOnWriteArrayList<>();
  private Instant snapshotAt;
  private boolean failing;
  private Error error; // null for none
  private int refusals;
  private boolean slow;
  private boolean unreadable;
  private boolean owned = true;

  /** A backup of it as it is now. */
  synchronized FakeStore backup() {
    FakeStore backup = new FakeStore();
    backup.progress.putAll(progress);
    backup.deadLetters.putAll(deadLetters);
    backup.ledger.addAll(ledger);
    backup.versions.addAll(versions);
    return backup;
  }

  /** Puts {@code backup} in the place of what is here, under whoever writes. */
  void putBack(FakeStore backup) {
    synchronized (this) {
      progress.clear();
      progress.putAll(backup.progress);
      deadLetters.clear();
      deadLetters.putAll(backup.deadLetters);
      ledger.clear();
      ledger.addAll(backup.ledger);
      versions.clear();
      versions.addAll(backup.versions);
      running.clear();
    }
    toldOfReplacement.forEach(told -> told.accept("the fake store was replaced"));
  }

  @Override
  public void whenReplaced(Consumer<String> told) {
    toldOfReplacement.add(told);
  }

  /** Whoever writes meets {@code error}, until it is null. */
  synchronized void breaking(Error error) {
    this.error = error;
  }

  /** How often somebody tried to write while it failed. */
  synchronized int refusals() {
    return refusals;
  }

  synchronized void failing(boolean failing) {
    this.failing = failing;
  }

  /** Recordings wait, other writes do not. */
  synchronized void slow(boolean slow) {
    this.slow = slow;
    notifyAll();
  }

  synchronized void unreadable(boolean unreadable) {
    this.unreadable = unreadable;
  }

  /** Another process may own it by now, until it is {@code owned} again. */
  synchronized void owned(boolean owned) {
    this.owned = owned;
  }

  @Override
  public synchronized boolean isOwned() {
    return owned;
  }

  @Override
  public Optional<StoreOwner> leaseHolder() {
    return Optional.empty();
  }

  synchronized Optional<Progress> of(String action) {
    return progress.values().stream()
        .filter(one -> one.key().action().text().equals(action))
        .findFirst();
  }

  synchronized List<Progress> all() {
    return List.copyOf(progress.values());
  }

  @Override
  public void readProgress(IdScope ids, Consumer<Progress> each) throws StoreException {
    List<Progress> all;
    synchronized (this) {
      if (unreadable) {
        throw StoreException.failing("the fake store is unreadable", null);
      }
      all = List.copyOf(progress.values());
    }
    onRead();
    for (Progress one : all) {
      if (ids.contains(one.key().action())) {
        progressRead.incrementAndGet();
        each.accept(one);
      }
    }
  }

  /** What is done before anything is read, by whoever reads. */
  interface Hook {
    void run() throws InterruptedException;
  }

  synchronized void onRead(Hook hook) {
    onRead = hook;
  }

  private void onRead() {
    try {
      onRead.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many rows of progress were read. */
  int progressRead() {
    return progressRead.get();
  }

  /** Has progress of an earlier run. */
  synchronized void put(Progress one) {
    progress.put(one.key(), one);
  }

  @Override
  public synchronized void readRunning(Consumer<Run> each) {
    running.values().forEach(each);
  }

  synchronized List<Run> running() {
    return List.copyOf(running.values());
  }

  @Override
  public synchronized void readDeadLetters(IdScope ids, Consumer<DeadLetter> each) {
    deadLetters.values().stream()
        .filter(letter -> ids.contains(letter.key().action()))
        .forEach(each);
  }

  synchronized List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters.values());
  }

  @Override
  public synchronized void record(Recording recording) throws StoreException {
    awaitRecording();
    check();
    recording.removed().forEach(progress::remove);
    recording.progress().forEach(row -> progress.put(row.key(), row));
    recording.stretches().stream().filter(one -> !ledger.contains(one)).forEach(ledger::add);
    recording.versions().stream().filter(one -> !versions.contains(one)).forEach(versions::add);
    recording.running().ended().forEach(running::remove);
    recording.running().started().forEach(run -> running.put(RunningChanges.Id.of(run), run));
    recording.deadLetters().ended().forEach(deadLetters::remove);
    recording.deadLetters().waiting().forEach(letter -> deadLetters.put(letter.id(), letter));
    runs.addAll(recording.runs());
  }

  synchronized List<LedgerEntry> ledger() {
    return List.copyOf(ledger);
  }

  synchronized List<LedgerVersion> versions() {
    return List.copyOf(versions);
  }

  synchronized List<Run> runs() {
    return List.copyOf(runs);
  }

  @Override
  public synchronized void readLedger(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerEntry> each) {
    ledger.forEach(each);
  }

  @Override
  public synchronized void readVersions(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerVersion> each) {
    versions.forEach(each);
  }

  @Override
  public List<Entry> history(Filter filter, long before, int most) {
    throw new UnsupportedOperationException("the engine never reads history");
  }

  @Override
  public List<Entry> historyAfter(Filter filter, long after, int most) {
    throw new UnsupportedOperationException("the engine never reads history");
  }

  @Override
  public List<Entry> historyPage(Filter filter, long skip, int most) {
    throw new UnsupportedOperationException("the engine never reads history");
  }

  @Override
  public void addChanges(Collection<Change> changes) {
    throw new UnsupportedOperationException("the engine changes no action");
  }

  @Override
  public List<Change> changes(Optional<ActionId> action, long before, int most) {
    throw new UnsupportedOperationException("the engine never reads changes");
  }

  @Override
  public Optional<KeptAnswer> answer(String client, String key, Instant since) {
    throw new UnsupportedOperationException("the engine answers no requests");
  }

  @Override
  public void keepAnswer(KeptAnswer answer, Instant dropped) {
    throw new UnsupportedOperationException("the engine answers no requests");
  }

  @Override
  public void dropAnswer(String client, String key) {
    throw new UnsupportedOperationException("the engine answers no requests");
  }

  @Override
  public Count countHistory(Filter filter) {
    throw new UnsupportedOperationException("the engine never reads history");
  }

  @Override
  public void addByHand(Collection<Run> added) {
    throw new UnsupportedOperationException("the engine adds no runs by hand");
  }

  @Override
  public boolean pruneHistory(Instant before, long maxRows) {
    return false;
  }

  @Override
  public Optional<Verified> lastVerified() {
    return Optional.empty();
  }

  @Override
  public void keepVerified(Verified verified) {
    throw new UnsupportedOperationException("the engine does not verify");
  }

  @Override
  public Map<String, ZoneLaw> zoneLaws() {
    return Map.of();
  }

  @Override
  public void keepZoneLaws(Map<String, ZoneLaw> laws) {
    throw new UnsupportedOperationException("the engine keeps no laws");
  }

  private void awaitRecording() {
    try {
      while (slow) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check() throws StoreException {
    if (error != null) {
      throw error;
    }
    if (failing) {
      refusals++;
      throw StoreException.failing("the disk is full", null);
    }
  }

  @Override
  public synchronized Optional<Instant> snapshotReadAt(String source) {
    return Optional.ofNullable(snapshotAt);
  }

  @Override
  public synchronized void readSnapshot(String source, Consumer<Action> each) {
    snapshot.values().forEach(each);
  }

  @Override
  public synchronized void saveSnapshot(
      String source, Collection<Action> changed, Collection<ActionId> removed)
      throws StoreException {
    check();
    changed.forEach(action -> snapshot.put(action.id(), action));
    removed.forEach(snapshot::remove);
  }

  @Override
  public synchronized void snapshotTaken(String source, Instant readAt) throws StoreException {
    check();
    snapshotAt = readAt;
  }

  @Override
  public String label() {
    return "the fake store";
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void own(Runnable lost) {}

  @Override
  public Map<ActionId, Instant> apschedulerNextRuns() {
    return Map.of();
  }

  @Override
  public void close() {}

  @Override
  public void keepHold(Optional<BacklogHold> hold) {
    backlog.keepHold(hold);
  }

  @Override
  public Optional<BacklogHold> hold() {
    return backlog.hold();
  }

  @Override
  public void keepDecisions(Collection<DecidedBacklog> decisions, Collection<Change> changes) {
    backlog.keepDecisions(decisions, changes);
  }

  @Override
  public Stamp decisionsStamp() {
    return backlog.decisionsStamp();
  }

  @Override
  public List<DecidedBacklog> decisions() {
    return backlog.decisions();
  }
}
