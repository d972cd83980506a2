package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at a start for an unavailable store or source; logs the beginning and end of the wait. */
final class WaitAtStart {
  private static final Logger LOG = LoggerFactory.getLogger(WaitAtStart.class);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final Exit exit;

  WaitAtStart(Exit exit) {
    this.exit = requireNonNull(exit, "exit is null");
  }

  /** Takes ownership of the store. */
  @FunctionalInterface
  interface Taking {
    void take() throws StoreException, OwnedElsewhere;
  }

  /** Reads a source for the first time; false when the program was asked to stop meanwhile. */
  @FunctionalInterface
  interface Beginning {
    boolean begin() throws SourceException, StoreException, InterruptedException;
  }

  /**
   * Takes ownership of a store that may be unavailable now.
   *
   * @return false when the program was asked to stop meanwhile
   */
  boolean until(Taking taking) throws StoreException, OwnedElsewhere, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        taking.take();
        if (told) {
          LOG.info("the internal store is available");
        }
        return true;
      } catch (StoreException e) {
        if (isStopping()) {
          return false;
        }
        if (e.isMisconfigured()) {
          throw e;
        }
        told = tellOnce(told, e);
        if (exit.await(BETWEEN)) {
          return false;
        }
      }
    }
  }

  /**
   * Begins with a source that may be unavailable now, or for which the store may fail now.
   *
   * @param first whether no earlier run has read the source: then a fault that only a person can
   *     repair ends the program; a source that has worked before is waited for
   * @param missed runs when it cannot begin yet
   * @return false when the program was asked to stop meanwhile
   */
  boolean untilBegun(Beginning beginning, boolean first, Runnable missed)
      throws SourceException, StoreException, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        return beginning.begin();
      } catch (SourceException e) {
        if (isStopping()) {
          return false;
        }
        if (e.isMisconfigured() && first) {
          throw e;
        }
        told = tellOnce(told, e);
      } catch (StoreException e) {
        if (isStopping()) {
          return false;
        }
        if (e.isMisconfigured()) {
          throw e;
        }
        told = tellOnce(told, e);
      }
      missed.run();
      if (exit.await(BETWEEN)) {
        return false;
      }
    }
  }

  /** A stop closes what is being opened: faults from then on are no faults of the databases. */
  private boolean isStopping() {
    return exit.asked().isDone();
  }

  private static boolean tellOnce(boolean told, Exception why) {
    if (!told) {
      LOG.warn("waiting, and trying again every {} s: {}", BETWEEN.toSeconds(), why.getMessage());
    }
    return true;
  }
}
