package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.Status;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.OutageStore;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores which targets are unavailable, and why, for {@code progress show}. */
final class OutageNotes {
  private static final Logger LOG = LoggerFactory.getLogger(OutageNotes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<CompletableFuture<Status>> engine;
  private final OutageStore store;
  private volatile List<Outage> stored = List.of();

  /**
   * @param engine asks for its state: {@link Engine#status}
   */
  OutageNotes(Supplier<CompletableFuture<Status>> engine, OutageStore store) {
    this.engine = requireNonNull(engine, "engine is null");
    this.store = requireNonNull(store, "store is null");
  }

  /** Stores the unavailable targets if they have changed; may wait for the store. */
  void look() {
    try {
      List<Outage> now = engine.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).outages();
      if (!now.equals(stored)) {
        store.keepOutages(now);
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
