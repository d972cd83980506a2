package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings progress, ledger and history to the store: while one transaction commits, the next
 * gathers. A lane is held once however often it moves on meanwhile, so that a store that fails for
 * hours costs little heap. Confined to the engine's thread, but for the writes.
 */
final class Recorder {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int CHUNK = 20_000;
  private static final int MOST_RUNS_HELD = 1_000_000;
  private static final long CHUNK_CHARACTERS = 4_000_000; // a statement holds them twice
  private static final long MOST_CHARACTERS_HELD = Runtime.getRuntime().maxMemory() / 16;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Store store;
  private final Loop loop;
  private final BiConsumer<Lane, Instant> firstKept;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "recorder");
            thread.setDaemon(true);
            return thread;
          });

  private final Queue<Lane> dirty = new ArrayDeque<>();
  private final Map<ProgressKey, ClosedLedger> retired = new LinkedHashMap<>();
  private final Queue<Run> runs = new ArrayDeque<>();
  private Write pending; // under way, or to be tried again; null when there is none
  private boolean writing;
  private Instant failingSince; // null while the store takes what it is given
  private Instant notBefore = Instant.MIN;
  private long charactersHeld; // of outputs and errors
  private long runsDropped;
  private long recordings;

  private record Write(List<Lane> lanes, Recording recording) {}

  /**
   * @param firstKept is told of each lane whose progress is kept for the first time
   */
  Recorder(Store store, Loop loop, BiConsumer<Lane, Instant> firstKept) {
    this.store = requireNonNull(store, "store is null");
    this.loop = requireNonNull(loop, "loop is null");
    this.firstKept = requireNonNull(firstKept, "firstKept is null");
  }

  /** What is kept of {@code lane} is older than the lane. */
  void mark(Lane lane) {
    if (!lane.dirty) {
      lane.dirty = true;
      dirty.add(lane);
    }
  }

  /** Progress under {@code key} is to go; what the ledger still has to hear of it is kept. */
  void forget(ProgressKey key, ClosedLedger closed) {
    retired.merge(
        key,
        closed == null ? new ClosedLedger() : closed,
        (earlier, later) -> {
          earlier.addAll(later);
          return earlier;
        });
  }

  /** For the history; where the store does not take records, without outputs in the end. */
  void add(Run run) {
    if (runs.size() == MOST_RUNS_HELD) {
      takeRun();
      runsDropped++;
    }
    Run held = charactersHeld > MOST_CHARACTERS_HELD ? run.withoutOutput() : run;
    runs.add(held);
    charactersHeld += characters(held);
  }

  private Run takeRun() {
    Run run = runs.poll();
    charactersHeld -= characters(run);
    return run;
  }

  private static long characters(Run run) {
    return (long) run.output().length() + run.error().length();
  }

  /** Whether the store holds all that it was to hold. */
  boolean isClean() {
    return pending == null && dirty.isEmpty() && retired.isEmpty() && runs.isEmpty();
  }

  /** Lanes that are ahead of what is kept of them, or kept though they are gone. */
  int unrecorded() {
    int under = pending == null ? 0 : pending.lanes.size() + pending.recording.removed().size();
    return dirty.size() + retired.size() + under;
  }

  boolean isFailing() {
    return failingSince != null;
  }

  /** Begins a write where there is something to write and none is under way. */
  void flush(Instant now) {
    if (writing || isClean() || now.isBefore(notBefore)) {
      return;
    }
    if (pending == null) {
      pending = gather();
    }
    writing = true;
    Write write = pending;
    writer.execute(() -> write(write));
  }

  private Write gather() {
    List<LedgerEntry> stretches = new ArrayList<>();
    List<LedgerVersion> versions = new ArrayList<>();
    List<Lane> lanes = new ArrayList<>(Math.min(CHUNK, dirty.size()));
    List<Progress> progress = new ArrayList<>(Math.min(CHUNK, dirty.size()));
    while (progress.size() < CHUNK && !dirty.isEmpty()) {
      Lane lane = dirty.poll();
      lane.dirty = false;
      if (!lane.retired) {
        lanes.add(lane);
        progress.add(lane.progress());
        addClosed(lane.closed, stretches, versions);
        lane.closed = null;
        // An action that came back under its old id: its progress is replaced, not removed.
        addClosed(retired.remove(lane.key()), stretches, versions);
      }
    }
    List<ProgressKey> gone = new ArrayList<>();
    var rest = retired.entrySet().iterator();
    while (rest.hasNext() && gone.size() < CHUNK) {
      var entry = rest.next();
      gone.add(entry.getKey());
      addClosed(entry.getValue(), stretches, versions);
      rest.remove();
    }
    List<Run> history = new ArrayList<>(Math.min(CHUNK, runs.size()));
    long characters = 0;
    while (history.size() < CHUNK && characters < CHUNK_CHARACTERS && !runs.isEmpty()) {
      Run run = takeRun();
      characters += characters(run);
      history.add(run);
    }
    return new Write(
        lanes, new Recording(++recordings, progress, gone, stretches, versions, history));
  }

  private static void addClosed(
      ClosedLedger closed, List<LedgerEntry> stretches, List<LedgerVersion> versions) {
    if (closed != null) {
      stretches.addAll(closed.stretches());
      versions.addAll(closed.versions());
    }
  }

  private void write(Write write) {
    try {
      store.record(write.recording);
      loop.post(now -> written(write.lanes, now));
    } catch (StoreException | RuntimeException | Error e) { // whatever it is, it is tried again
      loop.post(now -> notWritten(e, now));
    }
  }

  private void written(List<Lane> lanes, Instant now) {
    writing = false;
    pending = null;
    if (failingSince != null) {
      LOG.info(
          "{} takes records again after {} s; {} actions to write, {} records of history dropped",
          store.label(),
          Duration.between(failingSince, now).toSeconds(),
          dirty.size(),
          runsDropped);
      failingSince = null;
      runsDropped = 0;
    }
    flush(now); // the disk need not wait until the lanes are scheduled
    for (Lane lane : lanes) {
      if (lane.state == Lane.State.NEW) {
        firstKept.accept(lane, now);
      }
    }
  }

  private void notWritten(Throwable why, Instant now) {
    writing = false;
    if (failingSince == null) {
      failingSince = now;
      LOG.error(
          "{} fails, progress is held in memory and fires go on; what is delivered until it takes"
              + " it is delivered again after a crash: {}",
          store.label(),
          why instanceof StoreException ? why.getMessage() : why.toString());
    }
    notBefore = now.plus(RETRY);
    loop.agenda().add(notBefore, this::flush);
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    notBefore = notBefore.equals(Instant.MIN) ? notBefore : notBefore.minus(step);
    failingSince = failingSince == null ? null : failingSince.minus(step);
  }

  /** Waits for the write under way, and ends. */
  void close(Duration most) throws InterruptedException {
    writer.shutdown();
    writer.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
