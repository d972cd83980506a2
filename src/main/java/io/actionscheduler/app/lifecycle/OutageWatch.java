package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.OutageStore;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores which targets and sources are unavailable, and why. Commands show it, and {@code why}
 * shows later what a fire waited for. Nothing depends on it: while the store is unavailable,
 * nothing is stored. Used by one thread.
 */
final class OutageWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<CompletableFuture<Status>> engine;
  private final Supplier<List<SourceStatus>> sources;
  private final OutageStore store;
  private final InstantSource clock;
  private List<Outage> stored = List.of(); // by this scheduler, which begins with none

  /**
   * @param engine asks for its state: {@link Engine#status}
   * @param sources asks for the state of each
   */
  OutageWatch(
      Supplier<CompletableFuture<Status>> engine,
      Supplier<List<SourceStatus>> sources,
      OutageStore store,
      InstantSource clock) {
    this.engine = requireNonNull(engine, "engine is null");
    this.sources = requireNonNull(sources, "sources is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Stores what is unavailable if it has changed; may wait for the store. */
  void look() {
    try {
      List<Outage> now =
          new ArrayList<>(engine.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).outages());
      for (SourceStatus source : sources.get()) {
        source
            .unavailableSince()
            .map(since -> Outage.ofSource(source.name(), since, source.problem()))
            .ifPresent(now::add);
      }
      if (!now.equals(stored)) {
        store.keepOutages(now, clock.instant());
        stored = now;
      }
    } catch (StoreException e) { // the recorder logs that the store fails; this is tried again
      LOG.debug("outages are not stored: {}", e.getMessage());
    } catch (TimeoutException e) { // a busy engine, or one that has ended
      LOG.debug("the engine does not say which targets are unavailable");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped meanwhile
    }
  }
}
