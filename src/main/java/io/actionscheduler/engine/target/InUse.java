package io.actionscheduler.engine.target;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.clock.EngineLoop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A callback with its settings, from when it is handed fires until another one replaces it and its
 * last call has ended. Confined to the engine's thread, except for the calls themselves.
 */
final class InUse {
  private static final Logger LOG = LoggerFactory.getLogger(InUse.class);

  private final NamedCallbackSettings settings;
  private final EngineLoop loop;
  private final CatchUpRate rate;
  private final TargetMemory memory;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int calls;
  private boolean isReplaced;

  InUse(NamedCallbackSettings settings, EngineLoop loop) {
    this.settings = settings;
    this.loop = loop;
    this.rate = new CatchUpRate(settings.catchUpRate());
    this.memory = new TargetMemory(settings.callback(), loop);
  }

  NamedCallbackSettings settings() {
    return settings;
  }

  BatchCallback callback() {
    return settings.callback();
  }

  CatchUpRate rate() {
    return rate;
  }

  TargetMemory memory() {
    return memory;
  }

  /**
   * Hands {@code batch} to the callback.
   *
   * @param ended called once, on the engine's thread, when the callback has finished
   */
  void call(
      Batch<?> batch, List<Delivery> deliveries, ExecutorService threads, Consumer<Instant> ended) {
    calls++;
    threads.execute(
        () -> {
          try {
            callback().deliver(deliveries, batch);
            batch.end(Optional.empty());
          } catch (Throwable e) { // whatever a callback of somebody's own throws
            batch.end(Optional.of(e));
            LOG.debug("callback {} threw", settings.name(), e);
          }
          loop.post(
              now -> {
                calls--;
                completeIfOver();
                ended.accept(now);
              });
        });
  }

  /** Whether it is handed no more fires. */
  boolean isReplaced() {
    return isReplaced;
  }

  /** It is handed no more fires from now on; completes when it has no call left. */
  CompletableFuture<Void> replaced() {
    isReplaced = true;
    completeIfOver();
    return over;
  }

  private void completeIfOver() {
    if (isReplaced && calls == 0) {
      over.complete(null);
    }
  }
}
