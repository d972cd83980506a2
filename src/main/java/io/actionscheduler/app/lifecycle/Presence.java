package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the store that this scheduler runs, so that later it is known when none did. Nothing
 * depends on it: what the store does not take is left out.
 */
final class Presence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Store store;
  private final InstantSource clock;
  private final Instant begunAt;
  private boolean failing;

  private Presence(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.begunAt = clock.instant();
  }

  /** From now on a scheduler runs. */
  static Presence begin(Store store, InstantSource clock) {
    Presence presence = new Presence(store, clock);
    presence.keep();
    return presence;
  }

  /** It still does. To be called each minute. */
  synchronized void keep() {
    Instant now = clock.instant();
    try {
      // After a clock set back it was still seen when it began.
      store.keepSession(new Session(begunAt, now.isBefore(begunAt) ? begunAt : now));
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("the store does not keep that the scheduler runs: {}", e.getMessage());
      }
      failing = true;
    }
  }

  /** From now on it does not. */
  @Override
  public void close() {
    keep();
  }
}
