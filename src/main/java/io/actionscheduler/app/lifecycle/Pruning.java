package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the history within its limits, and its index complete. */
final class Pruning {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

  // One call removes some thousands of records in each of this many rounds; fires are recorded
  // between rounds.
  private static final int ROUNDS = 100;

  private final Store store;
  private final Settings.History bounds;
  private final InstantSource clock;
  private boolean failing;

  Pruning(Store store, Settings.History bounds, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.bounds = requireNonNull(bounds, "bounds is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Removes a limited number of records beyond the limits. */
  void prune() {
    try {
      int rounds = 0;
      while (mayGoOn(rounds)
          && store.pruneHistory(clock.instant().minus(bounds.keep()), bounds.maxRows())) {
        rounds++;
      }
      while (mayGoOn(rounds) && store.indexHistory()) {
        rounds++;
      }
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("old records of the history were not removed or indexed: {}", e.getMessage());
      }
      failing = true;
    }
  }

  /** A stop interrupts it, and is not to wait for all rounds. */
  private static boolean mayGoOn(int rounds) {
    return rounds < ROUNDS && !Thread.currentThread().isInterrupted();
  }
}
