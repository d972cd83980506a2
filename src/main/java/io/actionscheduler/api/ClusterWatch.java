package io.actionscheduler.api;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ownership.ClusterState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the cluster for metrics, health checks and the overview: these must be answered at
 * once, also while the database is slow.
 */
final class ClusterWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final int SECONDS = 3;
  private static final Duration LONGEST_KNOWN = Duration.ofSeconds(10);

  private final Parts parts;
  private final ScheduledExecutorService thread = Daemons.timer("cluster-state");
  private volatile Seen seen = new Seen(Optional.empty(), System.nanoTime());

  private record Seen(Optional<ClusterState> state, long nanoTime) {}

  /** Begins to look. */
  ClusterWatch(Parts parts) {
    this.parts = parts;
    thread.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      seen = new Seen(parts.cluster(), System.nanoTime());
    } catch (StoreException e) {
      LOG.debug("the state of the cluster is unknown: {}", e.getMessage());
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) { // else the database is closed
        LOG.error("a defect while reading the state of the cluster", e);
      }
    }
  }

  /** As it was found at most ten seconds ago; empty while it is unknown. */
  Optional<ClusterState> state() {
    Seen last = seen;
    return System.nanoTime() - last.nanoTime() > LONGEST_KNOWN.toNanos()
        ? Optional.empty()
        : last.state();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
