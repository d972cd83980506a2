package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.Firing;
import io.actionscheduler.engine.target.Batch;
import io.actionscheduler.engine.target.NamedCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for running fires when the engine stops, and interrupts those that take too long. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  // After the time-out: time for interrupted callbacks to end, and for the last record.
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Duration timeout;
  private final CompletableFuture<Void> idle;
  private final EngineLoop loop;
  private final Callbacks callbacks;
  private final Recorder<ActionProgress> recorder;

  /**
   * @param timeout how long the whole stop may take; one below 5 s is for the running fires alone
   * @param idle completes once no fire is running and all is recorded
   */
  Shutdown(
      Duration timeout,
      CompletableFuture<Void> idle,
      EngineLoop loop,
      Callbacks callbacks,
      Recorder<ActionProgress> recorder) {
    this.timeout = timeout;
    this.idle = idle;
    this.loop = loop;
    this.callbacks = callbacks;
    this.recorder = recorder;
  }

  /**
   * Waits until nothing is running, at most for the time-out.
   *
   * @param ended called with each batch that did not end in time
   * @throws InterruptedException when the calling thread is interrupted while it waits
   */
  void await(BiConsumer<Batch<Firing>, Instant> ended) throws InterruptedException {
    Duration wait =
        timeout.compareTo(LONG) < 0 ? timeout : timeout.minus(LAST_WORDS.multipliedBy(2));
    if (isIdleWithin(wait)) {
      return;
    }
    loop.post(this::tell);
    // An interrupted fire counts as attempted, with unknown outcome.
    callbacks.all().forEach(NamedCallback::close);
    if (!isIdleWithin(LAST_WORDS)) {
      // Fires that were confirmed are recorded; the others are tried again with the same id.
      loop.post(now -> callbacks.all().forEach(callback -> callback.giveUp(ended, now)));
      isIdleWithin(LAST_WORDS);
    }
  }

  /** Whether records could not be written, which is logged; after the recorder has been closed. */
  boolean lostRecords() {
    if (idle.isDone() || recorder.isClean()) {
      return false;
    }
    LOG.error(
        "the last records could not be written to {}: {} actions deliver their last fires again"
            + " after the next start, and these fires are missing in the history",
        recorder.store(),
        recorder.unrecorded());
    return true;
  }

  private void tell(Instant now) {
    List<String> running =
        callbacks.all().stream()
            .filter(callback -> callback.running() > 0)
            .map(NamedCallback::name)
            .toList();
    if (running.isEmpty()) {
      LOG.warn(
          "stopping though {} has not taken the records of {} actions within {} s"
              + " (shutdown_timeout); what they say was delivered is delivered again at the next"
              + " start",
          recorder.store(),
          recorder.unrecorded(),
          timeout.toSeconds());
    } else {
      LOG.warn(
          "stopping with fires still under way at {} after {} s (shutdown_timeout); they are"
              + " delivered again at the next start",
          String.join(", ", running),
          timeout.toSeconds());
    }
  }

  private boolean isIdleWithin(Duration time) throws InterruptedException {
    try {
      idle.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // idle is only ever completed
    }
  }
}
