package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.text.CronReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A store in a database. Reading needs no ownership, and finds nothing where no scheduler ever ran.
 * Writing needs it, and each write checks it in its own transaction.
 */
final class DatabaseStore extends DatabaseNotes {
  private final CronReader cron;
  private final ProgressTable progress;
  private final SnapshotTable snapshots;
  private final HistoryTable history;
  private final Part part;

  DatabaseStore(Backend backend, CronReader cron) {
    this(backend, cron, new WholePart());
  }

  /**
   * @param part what this process writes
   */
  DatabaseStore(Backend backend, CronReader cron, Part part) {
    super(backend);
    this.part = requireNonNull(part, "part is null");
    this.cron = requireNonNull(cron, "cron is null");
    this.progress = new ProgressTable(backend, callbacks, schedules);
    this.snapshots = new SnapshotTable(backend, policies, schedules);
    this.history = new HistoryTable(backend);
  }

  @Override
  public String label() {
    return backend.settings().label();
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  /** May be called again once ownership was lost. */
  @Override
  public void own(Runnable lost) throws OwnedElsewhere, StoreException {
    history.forget();
    forgetNotes();
    transactions.own(lost, this::firstWrite);
  }

  @Override
  public void whenReplaced(Consumer<String> told) {
    transactions.whenReplaced(told);
  }

  /** What the owner before left behind is over. */
  private void firstWrite(Handle handle) throws SQLException {
    part.begin(handle, schedules);
    if (part.isFirst()) {
      writeNotes(handle);
    }
  }

  @Override
  public boolean isOwned() {
    return transactions.isOwned();
  }

  @Override
  public Optional<StoreOwner> leaseHolder() throws StoreException {
    return transactions.leaseHolder();
  }

  @Override
  public Optional<StoreOwner> owner() throws StoreException {
    return transactions.owner();
  }

  @Override
  public void readProgress(IdScope ids, Consumer<Progress> each) throws StoreException {
    transactions.stream(() -> new ProgressReader(backend).read(ids, each));
  }

  @Override
  public void readFailed(Consumer<Progress> each) throws StoreException {
    transactions.stream(() -> new ProgressReader(backend).readFailed(each));
  }

  @Override
  public void readRunning(Consumer<Run> each) throws StoreException {
    transactions.read(List.<Run>of(), RunningTable::read).forEach(each);
  }

  @Override
  public void readDeadLetters(IdScope ids, Consumer<DeadLetter> each) throws StoreException {
    transactions.read(List.<DeadLetter>of(), DeadLetterTable::read).stream()
        .filter(letter -> ids.contains(letter.key().action()))
        .forEach(each);
  }

  @Override
  public List<Progress> progressOf(ActionId action) throws StoreException {
    return transactions.read(
        List.<Progress>of(), handle -> new ProgressReader(backend).of(handle, Key.of(action)));
  }

  @Override
  public void record(Recording recording) throws StoreException {
    try {
      record(recording, history::add);
    } catch (StoreException e) {
      if (!HistoryTable.isAboutData(e)) {
        throw e;
      }
      record(recording, history::addSound);
    }
  }

  /** How the runs of a recording are added to the history. */
  @FunctionalInterface
  private interface Adding {
    void add(Handle handle, List<Run> runs) throws SQLException;
  }

  private void record(Recording recording, Adding runs) throws StoreException {
    try {
      transactions.write(handle -> written(handle, recording, runs));
    } catch (StoreException | RuntimeException e) {
      history.forget();
      throw e;
    }
  }

  private Recording written(Handle handle, Recording recording, Adding runs) throws SQLException {
    if (part.isNew(handle, recording.number())) {
      progress.remove(handle, recording.removed());
      progress.save(handle, recording.progress());
      LedgerTable.save(handle, recording.stretches(), recording.versions());
      DeadLetterTable.save(handle, recording.deadLetters());
      RunningTable.save(handle, recording.running());
      runs.add(handle, List.copyOf(recording.runs()));
    }
    return recording;
  }

  @Override
  public void readLedger(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerEntry> each)
      throws StoreException {
    transactions.stream(() -> new LedgerReader(backend, action, from, to).readStretches(each));
  }

  @Override
  public void readVersions(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerVersion> each)
      throws StoreException {
    transactions.stream(() -> new LedgerReader(backend, action, from, to).readVersions(each));
  }

  @Override
  public void addByHand(Collection<Run> runs) throws StoreException {
    transactions.writeUnowned(
        handle -> {
          requireTables(handle);
          history.addByHand(handle, List.copyOf(runs));
          return runs;
        });
  }

  @Override
  public List<Entry> history(Filter filter, long before, int most) throws StoreException {
    return transactions.read(
        List.<Entry>of(), handle -> history.search(handle, filter).before(before, most));
  }

  @Override
  public List<Entry> historyWithoutOutput(Filter filter, int most) throws StoreException {
    return transactions.read(
        List.<Entry>of(),
        handle -> history.search(handle, filter).withoutOutput().before(Long.MAX_VALUE, most));
  }

  @Override
  public Map<ActionId, List<Entry>> recentRuns(Collection<ActionId> actions, int most)
      throws StoreException {
    Map<ActionId, List<Entry>> none = new LinkedHashMap<>();
    actions.forEach(action -> none.put(action, List.of()));
    return transactions.read(none, handle -> history.recent(handle).of(actions, most));
  }

  @Override
  public List<Entry> historyAfter(Filter filter, long after, int most) throws StoreException {
    return transactions.read(
        List.<Entry>of(), handle -> history.search(handle, filter).after(after, most));
  }

  @Override
  public List<Entry> historyPage(Filter filter, long skip, int most) throws StoreException {
    return transactions.read(
        List.<Entry>of(), handle -> history.search(handle, filter).page(skip, most));
  }

  @Override
  public Count countHistory(Filter filter) throws StoreException {
    return transactions.read(new Count(0, true), handle -> history.search(handle, filter).count());
  }

  @Override
  public Map<ActionId, Entry> latestRuns(Collection<ActionId> actions) throws StoreException {
    return transactions.read(
        Map.<ActionId, Entry>of(),
        handle -> {
          try (LatestRuns latest = history.latest(handle)) {
            return latest.of(actions);
          }
        });
  }

  @Override
  public boolean pruneHistory(Instant before, long maxRows) throws StoreException {
    return transactions.write(handle -> HistoryTable.prune(handle, before, maxRows));
  }

  @Override
  public boolean indexHistory() throws StoreException {
    return transactions.write(HistoryTable::index);
  }

  @Override
  public Optional<Instant> snapshotReadAt(String source) throws StoreException {
    return transactions.read(
        Optional.empty(), handle -> part.readAt(handle, snapshots.readAt(handle, source)));
  }

  @Override
  public void readSnapshot(String source, Consumer<Action> each) throws StoreException {
    Consumer<Action> own =
        action -> {
          if (part.has(action.id())) {
            each.accept(action);
          }
        };
    transactions.stream(() -> new SnapshotReader(backend, source, cron).read(own));
  }

  @Override
  public void saveSnapshot(String source, Collection<Action> changed, Collection<ActionId> removed)
      throws StoreException {
    transactions.run(handle -> snapshots.save(handle, source, changed, removed));
  }

  @Override
  public void snapshotTaken(String source, Instant readAt) throws StoreException {
    transactions.run(
        handle -> {
          snapshots.taken(handle, source, readAt);
          part.taken(handle, readAt);
        });
  }

  @Override
  public Map<ActionId, Instant> apschedulerNextRuns() throws StoreException {
    return transactions.read(handle -> ApschedulerJobs.nextRuns(handle, backend));
  }

  /** Gives back ownership; does not close the database. */
  @Override
  public void close() {
    transactions.close();
  }
}
