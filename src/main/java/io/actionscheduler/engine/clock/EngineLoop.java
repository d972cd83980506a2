package io.actionscheduler.engine.clock;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The engine's one thread. All decisions about fires are made here, one step after the other, so
 * that no lock is needed.
 */
public final class EngineLoop implements AutoCloseable {
  private final ExecutorService thread = Daemons.worker("engine");
  private final InstantSource clock;
  private final Timers timers = new Timers();
  private final Consumer<Instant> afterEach;
  private final Consumer<Throwable> broken;

  /**
   * @param afterEach runs after every step
   * @param broken called when a step threw: a defect of the engine, which cannot continue
   */
  public EngineLoop(InstantSource clock, Consumer<Instant> afterEach, Consumer<Throwable> broken) {
    this.clock = requireNonNull(clock, "clock is null");
    this.afterEach = requireNonNull(afterEach, "afterEach is null");
    this.broken = requireNonNull(broken, "broken is null");
  }

  /** Used by steps only. */
  public Timers timers() {
    return timers;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Runs {@code step} on the thread, with the moment at which it begins; ignored once closed. */
  public void post(Consumer<Instant> step) {
    try {
      thread.execute(
          () -> {
            try {
              Instant now = clock.instant();
              step.accept(now);
              afterEach.accept(now);
            } catch (RuntimeException | Error e) {
              broken.accept(e);
            }
          });
    } catch (RejectedExecutionException e) {
      // Closed: what was not settled is caught up at the next start.
    }
  }

  /** The result of a step, or the exception that it threw. */
  public <T> CompletableFuture<T> ask(Function<Instant, T> step) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    post(
        now -> {
          try {
            answer.complete(step.apply(now));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Ends the thread after the running step; later steps are ignored. */
  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
  }
}
