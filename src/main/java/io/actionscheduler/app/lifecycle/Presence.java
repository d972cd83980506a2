package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores from when to when this scheduler runs, which later shows when none did. Nothing depends on
 * it: while the store is unavailable, nothing is stored.
 */
final class Presence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private static final Duration LAST_WRITE = Duration.ofMillis(500);

  private final Optional<Store> store;
  private final InstantSource clock;
  private final Instant begunAt;
  private boolean failing;

  private Presence(Optional<Store> store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.begunAt = clock.instant();
  }

  /**
   * Stores that a scheduler begins to run now.
   *
   * @param store empty: another process of the cluster does so
   */
  static Presence begin(Optional<Store> store, InstantSource clock) {
    Presence presence = new Presence(store, clock);
    presence.keep();
    return presence;
  }

  /** Stores that the scheduler still runs; to be called once a minute. */
  synchronized void keep() {
    store.ifPresent(this::keep);
  }

  private void keep(Store store) {
    Instant now = clock.instant();
    try {
      // A clock that was set back may be before the beginning.
      store.keepSession(new Session(begunAt, now.isBefore(begunAt) ? begunAt : now));
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("the store does not keep that the scheduler runs: {}", e.getMessage());
      }
      failing = true;
    }
  }

  /**
   * Stores the present time as the end, if the store takes it soon: a stop waits for no lock of
   * another program. What is then still under way ends with the store's connections.
   */
  @Override
  public void close() throws InterruptedException {
    if (store.isEmpty()) {
      return;
    }
    Thread last = new Thread(this::keep, "presence");
    last.setDaemon(true);
    last.start();
    last.join(LAST_WRITE.toMillis());
  }
}
