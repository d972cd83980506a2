package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.TargetOutage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores when targets cannot be reached, so that {@code why} can tell later what a fire waited for.
 * Nothing depends on it: while the store is unavailable, nothing is stored. Used by one thread.
 */
final class OutageWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
  private static final long PATIENCE_SECONDS = 10;

  private final Engine engine;
  private final Store store;
  private final InstantSource clock;
  private final Map<String, TargetOutage> kept = new HashMap<>(); // as stored, those that last
  private boolean begun;

  OutageWatch(Engine engine, Store store, InstantSource clock) {
    this.engine = requireNonNull(engine, "engine is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void look() {
    try {
      Map<String, TargetOutage> now = new HashMap<>();
      engine
          .status()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .outages()
          .forEach(
              outage ->
                  now.put(
                      outage.callback(),
                      new TargetOutage(
                          outage.callback(), outage.since(), Optional.empty(), outage.reason())));
      keep(now, clock.instant());
    } catch (StoreException e) {
      LOG.debug("outages of targets are stored with the next look: {}", e.getMessage());
    } catch (TimeoutException e) {
      LOG.debug("the engine has more to do than to tell of its targets; it is asked again");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped meanwhile
    }
  }

  private void keep(Map<String, TargetOutage> now, Instant at) throws StoreException {
    if (!begun) {
      store.endOutages(at);
      begun = true;
    }
    for (TargetOutage last : Map.copyOf(kept).values()) {
      TargetOutage still = now.get(last.callback());
      if (still == null || !still.begunAt().equals(last.begunAt())) {
        store.keepOutage(last.until(at));
        kept.remove(last.callback());
      }
    }
    for (TargetOutage outage : now.values()) {
      if (!kept.containsKey(outage.callback())) {
        store.keepOutage(outage);
        kept.put(outage.callback(), outage);
      }
    }
  }
}
