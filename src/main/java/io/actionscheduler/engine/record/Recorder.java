package io.actionscheduler.engine.record;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.fire.ClosedLedger;
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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes progress, ledger and history to the store: while one transaction commits, the next one is
 * collected. Only the latest progress of an action is held, so that a store that fails for hours
 * costs little heap. Confined to the engine's thread, except for the writes.
 */
public final class Recorder<P extends RecordedProgress> {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int CHUNK = 20_000;
  // A run holds some 400 bytes beside its texts: a small heap must not be filled by the history.
  private static final int MOST_RUNS_HELD =
      (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 4 / 400);
  private static final long CHUNK_CHARACTERS = 4_000_000; // a statement holds them twice
  private static final long MOST_CHARACTERS_HELD = Runtime.getRuntime().maxMemory() / 16;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Store store;
  private final EngineLoop loop;
  private final int mostRuns;
  private final BiConsumer<P, Instant> firstKept;
  private final FurthestProgress furthest = new FurthestProgress();
  private final ExecutorService writer = Daemons.worker("recorder");

  private final Queue<P> unrecorded = new ArrayDeque<>();
  private final Map<ProgressKey, ClosedLedger> retired = new LinkedHashMap<>();
  private final UnfinishedChanges unfinished = new UnfinishedChanges();
  private final Queue<Run> runs = new ArrayDeque<>();
  private Write<P> pending; // under way, or to be tried again; null when there is none
  private boolean writing;
  private Instant failingSince; // null while the store takes what it is given
  private Instant notBefore = Instant.MIN;
  private final OutageReasons reasons = new OutageReasons();
  private long charactersHeld; // of outputs and errors
  private long runsDropped;
  private long recordings;

  private record Write<P>(List<P> moved, Recording recording) {}

  /**
   * @param firstKept called for each action whose progress was stored for the first time
   */
  public Recorder(Store store, EngineLoop loop, BiConsumer<P, Instant> firstKept) {
    this(store, loop, firstKept, MOST_RUNS_HELD);
  }

  /**
   * @param mostRuns so many runs are held for the history at most
   */
  Recorder(Store store, EngineLoop loop, BiConsumer<P, Instant> firstKept, int mostRuns) {
    this.mostRuns = mostRuns;
    this.store = requireNonNull(store, "store is null");
    this.loop = requireNonNull(loop, "loop is null");
    this.firstKept = requireNonNull(firstKept, "firstKept is null");
  }

  /** {@code progress} has changed and has to be stored. */
  public void mark(P progress) {
    furthest.include(progress);
    if (progress.markUnrecorded()) {
      unrecorded.add(progress);
    }
  }

  /** How far the progress that was marked, or was included otherwise, has been. */
  public FurthestProgress furthest() {
    return furthest;
  }

  /** Changes of running fires and dead letters that have to be stored. */
  public UnfinishedChanges unfinished() {
    return unfinished;
  }

  /** Progress under {@code key} has to be removed; its last ledger entries are still written. */
  public void forget(ProgressKey key, Optional<ClosedLedger> closed) {
    ClosedLedger all = retired.computeIfAbsent(key, any -> new ClosedLedger());
    closed.ifPresent(all::addAll);
  }

  /** Adds to the history; while the store fails for long, outputs are left out. */
  public void add(Run run) {
    if (runs.size() == mostRuns) {
      takeRun();
      drop();
    }
    Run held = charactersHeld > MOST_CHARACTERS_HELD ? run.withoutOutput() : run;
    runs.add(held);
    charactersHeld += characters(held);
  }

  private void drop() {
    if (runsDropped++ == 0 && failingSince == null) {
      LOG.warn(
          "{} takes records slower than fires end: {} wait for it, and from now on the oldest of"
              + " them are missing in the history; progress and the ledger lack nothing",
          store.label(),
          runs.size());
    }
  }

  private Run takeRun() {
    Run run = runs.poll();
    charactersHeld -= characters(run);
    return run;
  }

  private static long characters(Run run) {
    return (long) run.output().length() + run.error().length();
  }

  /** Whether everything has been written to the store. */
  public boolean isClean() {
    return pending == null
        && unrecorded.isEmpty()
        && retired.isEmpty()
        && unfinished.isEmpty()
        && runs.isEmpty();
  }

  /** Whether something is being written, or is about to be; false while it waits to try again. */
  public boolean isWriting() {
    return writing || failingSince == null && !isClean();
  }

  /** Actions whose latest progress, or removal, is not stored yet. */
  public int unrecorded() {
    int under = pending == null ? 0 : pending.moved.size() + pending.recording.removed().size();
    return unrecorded.size() + retired.size() + under;
  }

  /** The store's name in messages. */
  public String store() {
    return store.label();
  }

  public boolean isFailing() {
    return failingSince != null;
  }

  /** Begins a write, if there is something to write and no write is under way. */
  public void flush(Instant now) {
    if (writing || isClean() || now.isBefore(notBefore)) {
      return;
    }
    if (pending == null) {
      pending = gather();
    }
    writing = true;
    Write<P> write = pending;
    writer.execute(() -> write(write));
  }

  private Write<P> gather() {
    ClosedLedger closed = new ClosedLedger();
    Alike alike = new Alike();
    List<P> moved = new ArrayList<>(Math.min(CHUNK, unrecorded.size()));
    List<Progress> progress = new ArrayList<>(Math.min(CHUNK, unrecorded.size()));
    while (progress.size() < CHUNK && !unrecorded.isEmpty()) {
      P one = unrecorded.poll();
      one.markRecorded();
      if (!one.isRetired()) {
        moved.add(one);
        progress.add(one.toStore(alike));
        one.handClosedTo(closed);
        if (!retired.isEmpty()) {
          // An action that came back under its old id: its progress is replaced, not removed.
          Optional.ofNullable(retired.remove(one.key())).ifPresent(closed::addAll);
        }
      }
    }
    List<ProgressKey> gone = new ArrayList<>();
    var rest = retired.entrySet().iterator();
    while (rest.hasNext() && gone.size() < CHUNK) {
      var entry = rest.next();
      gone.add(entry.getKey());
      closed.addAll(entry.getValue());
      rest.remove();
    }
    return new Write<>(
        moved,
        new Recording(
            ++recordings,
            progress,
            gone,
            closed.stretches(),
            closed.versions(),
            takeRuns(),
            unfinished.takeDeadLetters(),
            unfinished.takeRunning()));
  }

  private List<Run> takeRuns() {
    List<Run> taken = new ArrayList<>(Math.min(CHUNK, runs.size()));
    long characters = 0;
    while (taken.size() < CHUNK && characters < CHUNK_CHARACTERS && !runs.isEmpty()) {
      Run run = takeRun();
      characters += characters(run);
      taken.add(run);
    }
    return taken;
  }

  private void write(Write<P> write) {
    try {
      store.record(write.recording);
      loop.post(now -> written(write.moved, now));
    } catch (StoreException | RuntimeException | Error e) { // whatever it is, it is tried again
      loop.post(now -> notWritten(e, now));
    }
  }

  private void written(List<P> moved, Instant now) {
    writing = false;
    pending = null;
    if (failingSince != null) {
      LOG.info(
          "{} takes records again after {} s; {} actions to write, {} records of history dropped",
          store.label(),
          Duration.between(failingSince, now).toSeconds(),
          unrecorded.size(),
          runsDropped);
      failingSince = null;
      reasons.clear();
      runsDropped = 0;
    }
    if (runsDropped > 0 && runs.isEmpty()) {
      LOG.info("{} has caught up; {} records of history are missing", store.label(), runsDropped);
      runsDropped = 0;
    }
    flush(now); // the disk need not wait until they are scheduled
    for (P one : moved) {
      if (one.isNew()) {
        firstKept.accept(one, now);
      }
    }
  }

  private void notWritten(Throwable why, Instant now) {
    writing = false;
    String reason = why instanceof StoreException ? why.getMessage() : why.toString();
    if (failingSince == null) {
      failingSince = now;
      reasons.isNew(reason);
      LOG.error(
          "{} fails, progress is held in memory and fires continue; what is delivered until it"
              + " takes it is delivered again after a crash: {}",
          store.label(),
          reason);
    } else if (reasons.isNew(reason)) {
      LOG.error("{} still fails, for another reason: {}", store.label(), reason);
    }
    notBefore = now.plus(RETRY);
    loop.timers().add(notBefore, this::flush);
  }

  /** The clock was set back by {@code step}. */
  public void clockSetBack(Duration step) {
    notBefore = notBefore.equals(Instant.MIN) ? notBefore : notBefore.minus(step);
    failingSince = failingSince == null ? null : failingSince.minus(step);
  }

  /**
   * Waits for the write under way, {@code most} at most, and ends.
   *
   * @throws InterruptedException when the calling thread is interrupted while it waits; the write
   *     continues
   */
  public void close(Duration most) throws InterruptedException {
    writer.shutdown();
    writer.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
