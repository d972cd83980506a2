package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.Status;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores whether fires are held for an operator, so that commands know of it, and hands to the
 * engine the decisions that other processes stored. Used by one thread.
 */
final class BacklogWatch {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogWatch.class);
  private static final long PATIENCE_SECONDS = 10;

  private final Engine engine;
  private final Store store;
  private Optional<BacklogHold> kept; // as it is stored; null until it was read

  BacklogWatch(Engine engine, Store store) {
    this.engine = requireNonNull(engine, "engine is null");
    this.store = requireNonNull(store, "store is null");
  }

  void look() {
    try {
      Status status = engine.status().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (kept == null) {
        kept = store.hold();
      }
      if (!kept.equals(status.hold())) {
        store.keepHold(status.hold());
        kept = status.hold();
      }
      if (kept.isPresent()) {
        tell(engine.decide(store.decisions()).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
    } catch (StoreException e) {
      LOG.debug("decisions on the backlog are looked for again: {}", e.getMessage());
    } catch (TimeoutException e) {
      LOG.debug("the engine has more to do than to look at the backlog; it is asked again");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped meanwhile
    }
  }

  private static void tell(List<DecidedBacklog> taken) {
    if (!taken.isEmpty()) {
      LOG.info("a command decided on the backlog of {} actions", taken.size());
    }
  }
}
