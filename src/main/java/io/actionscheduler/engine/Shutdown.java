package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.Firing;
import io.actionscheduler.engine.target.Batch;
import io.actionscheduler.engine.target.NamedCallback;
import java.time.Duration;
import java.time.Instant;
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
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Duration most;
  private final CompletableFuture<Void> idle;
  private final EngineLoop loop;
  private final Callbacks callbacks;

  /**
   * @param most how long to wait
   * @param idle completes once nothing is under way and all is recorded
   */
  Shutdown(Duration most, CompletableFuture<Void> idle, EngineLoop loop, Callbacks callbacks) {
    this.most = most;
    this.idle = idle;
    this.loop = loop;
    this.callbacks = callbacks;
  }

  /**
   * @param ended is told of batches that did not end in time
   */
  void await(BiConsumer<Batch<Firing>, Instant> ended) throws InterruptedException {
    if (isIdleWithin(most)) {
      return;
    }
    LOG.warn(
        "stopping with fires still under way after {} s (shutdown_timeout); they are delivered"
            + " again at the next start",
        most.toSeconds());
    // Interrupted, it is known as attempted, with unknown outcome.
    callbacks.all().forEach(NamedCallback::close);
    if (!isIdleWithin(LAST_WORDS)) {
      LOG.warn(
          "a callback does not heed interrupts, or the store takes no records; going all the"
              + " same");
      // What it has confirmed so far is recorded, the rest is tried again under its own id.
      loop.post(now -> callbacks.all().forEach(callback -> callback.giveUp(ended, now)));
      isIdleWithin(LAST_WORDS);
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
