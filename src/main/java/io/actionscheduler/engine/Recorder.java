package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings progress to the store: while one transaction commits, the next gathers. A lane is held
 * once however often it moves on meanwhile, so that a store that fails for hours costs no heap.
 * Confined to the engine's thread, but for the writes.
 */
final class Recorder {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int CHUNK = 10_000;
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
  private final Set<ProgressKey> forgotten = new LinkedHashSet<>();
  private boolean writing;
  private int beingWritten;
  private Instant failingSince; // null while the store takes what it is given
  private Instant notBefore = Instant.MIN;

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

  /** What is kept under {@code key} is to go. */
  void forget(ProgressKey key) {
    forgotten.add(key);
  }

  /** Whether the store holds all that it was to hold. */
  boolean isClean() {
    return !writing && dirty.isEmpty() && forgotten.isEmpty();
  }

  /** Lanes that are ahead of what is kept of them. */
  int unrecorded() {
    return dirty.size() + beingWritten;
  }

  boolean isFailing() {
    return failingSince != null;
  }

  /** Begins a write where there is something to write and none is under way. */
  void flush(Instant now) {
    if (writing || (dirty.isEmpty() && forgotten.isEmpty()) || now.isBefore(notBefore)) {
      return;
    }
    List<Lane> lanes = new ArrayList<>(Math.min(CHUNK, dirty.size()));
    List<Progress> progress = new ArrayList<>(Math.min(CHUNK, dirty.size()));
    while (progress.size() < CHUNK && !dirty.isEmpty()) {
      Lane lane = dirty.poll();
      lane.dirty = false;
      if (!lane.retired) {
        lanes.add(lane);
        progress.add(lane.progress());
        forgotten.remove(lane.key()); // an action that came back under its old id
      }
    }
    List<ProgressKey> gone = forgotten.stream().limit(CHUNK).toList();
    gone.forEach(forgotten::remove);
    writing = true;
    beingWritten = lanes.size();
    writer.execute(() -> write(lanes, progress, gone));
  }

  private void write(List<Lane> lanes, List<Progress> progress, List<ProgressKey> gone) {
    try {
      if (!gone.isEmpty()) {
        store.remove(gone);
      }
      if (!progress.isEmpty()) {
        store.save(progress);
      }
      loop.post(now -> written(lanes, now));
    } catch (StoreException | RuntimeException e) {
      loop.post(now -> notWritten(lanes, gone, e, now));
    }
  }

  private void written(List<Lane> lanes, Instant now) {
    writing = false;
    beingWritten = 0;
    if (failingSince != null) {
      LOG.info(
          "{} takes progress again after {} s; {} more actions to write",
          store.label(),
          Duration.between(failingSince, now).toSeconds(),
          dirty.size());
      failingSince = null;
    }
    for (Lane lane : lanes) {
      if (lane.state == Lane.State.NEW) {
        firstKept.accept(lane, now);
      }
    }
  }

  private void notWritten(List<Lane> lanes, List<ProgressKey> gone, Exception why, Instant now) {
    writing = false;
    beingWritten = 0;
    lanes.forEach(this::mark);
    forgotten.addAll(gone);
    if (failingSince == null) {
      failingSince = now;
      LOG.error(
          "{} fails, progress is held in memory and fires go on; what is delivered until it takes"
              + " it is delivered again after a crash: {}",
          store.label(),
          why.getMessage());
    }
    notBefore = now.plus(RETRY);
    loop.agenda().add(notBefore, this::flush);
  }

  /** Waits for the write under way and ends; writes nothing more. */
  void close(Duration most) throws InterruptedException {
    writer.shutdown();
    writer.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
