package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps everything for as long as the process lives: what runs without {@code internal_db}. */
public final class MemoryStore implements Store {
  private final Map<ProgressKey, Progress> progress = new HashMap<>();
  private final Map<String, TreeMap<ActionId, Action>> snapshots = new HashMap<>();
  private final Map<String, Instant> readAt = new HashMap<>();

  @Override
  public String label() {
    return "memory";
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  /** Always granted, and never lost: nobody else can see it. */
  @Override
  public void own(Runnable lost) {
    requireNonNull(lost, "lost is null");
  }

  @Override
  public void readAll(Consumer<Progress> each) {
    List<Progress> all;
    synchronized (this) {
      all = List.copyOf(progress.values());
    }
    all.forEach(each); // outside the lock: whoever is handed one may save it
  }

  @Override
  public synchronized void save(Collection<Progress> saved) {
    for (Progress one : List.copyOf(saved)) { // a broken one throws before any is kept
      progress.put(one.key(), Micros.kept(one));
    }
  }

  @Override
  public synchronized void remove(Collection<ProgressKey> keys) {
    keys.forEach(progress::remove);
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
