package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store in memory that fails when a test says so and outlives the engine. */
final class FakeStore implements Store {
  private final Map<ProgressKey, Progress> progress = new LinkedHashMap<>();
  private final SortedMap<ActionId, Action> snapshot = new TreeMap<>();
  private Instant snapshotAt;
  private boolean failing;

  synchronized void failing(boolean failing) {
    this.failing = failing;
  }

  synchronized boolean isFailing() {
    return failing;
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
  public synchronized void readAll(Consumer<Progress> each) {
    progress.values().forEach(each);
  }

  @Override
  public synchronized void save(Collection<Progress> rows) throws StoreException {
    check();
    rows.forEach(row -> progress.put(row.key(), row));
  }

  @Override
  public synchronized void remove(Collection<ProgressKey> keys) throws StoreException {
    check();
    keys.forEach(progress::remove);
  }

  private void check() throws StoreException {
    if (failing) {
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
}
