package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.Status;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.BacklogStore;
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
  private final boolean mayHold;
  private Optional<BacklogHold> kept; // the stored hold; null until it was read
  private BacklogStore.Stamp seen; // of the decisions that the engine has; null for none

  /**
   * @param mayHold whether the settings have fires held; if not, only what an earlier start left in
   *     the store is over
   */
  BacklogWatch(Engine engine, Store store, boolean mayHold) {
    this.engine = requireNonNull(engine, "engine is null");
    this.store = requireNonNull(store, "store is null");
    this.mayHold = mayHold;
  }

  /** To be called each second. */
  void look() {
    if (!mayHold && kept != null && kept.isEmpty()) {
      return;
    }
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
        lookForDecisions();
      }
    } catch (StoreException e) {
      LOG.debug(
          "the decisions on the backlog could not be read, and are read again later: {}",
          e.getMessage());
    } catch (TimeoutException e) {
      LOG.debug("the engine did not answer about the backlog in time; it is asked again");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the program stops
    }
  }

  private void lookForDecisions()
      throws StoreException, InterruptedException, ExecutionException, TimeoutException {
    BacklogStore.Stamp now = store.decisionsStamp(); // before they are read: none is overlooked
    if (!now.equals(seen)) {
      tell(engine.decide(store.decisions()).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      seen = now;
    }
  }

  private static void tell(List<DecidedBacklog> taken) {
    if (!taken.isEmpty()) {
      LOG.info("a command decided on the backlog of {} actions", taken.size());
    }
  }
}
