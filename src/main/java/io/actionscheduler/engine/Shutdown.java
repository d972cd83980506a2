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

/** Waits for what is under way when the engine stops, and cuts off what takes too long. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  // After the time-out: for callbacks to end where they are interrupted, and for the last record.
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Duration timeout;
  private final CompletableFuture<Void> idle;
  private final EngineLoop loop;
  private final Callbacks callbacks;
  private final Recorder<ActionProgress> recorder;

  /**
   * @param timeout how long the whole of it may take; a short one is for what is under way alone
   * @param idle completes once nothing is under way and all is recorded
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
   * Waits.
   *
   * @param ended is told of batches that did not end in time
   */
  void await(BiConsumer<Batch<Firing>, Instant> ended) throws InterruptedException {
    Duration wait =
        timeout.compareTo(LONG) < 0 ? timeout : timeout.minus(LAST_WORDS.multipliedBy(2));
    if (isIdleWithin(wait)) {
      return;
    }
    loop.post(this::tell);
    // Interrupted, it is known as attempted, with unknown outcome.
    callbacks.all().forEach(NamedCallback::close);
    if (!isIdleWithin(LAST_WORDS)) {
      // What it has confirmed so far is recorded, the rest is tried again under its own id.
      loop.post(now -> callbacks.all().forEach(callback -> callback.giveUp(ended, now)));
      isIdleWithin(LAST_WORDS);
    }
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
