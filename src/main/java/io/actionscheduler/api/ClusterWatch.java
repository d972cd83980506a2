package io.actionscheduler.api;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.store.ownership.ClusterState.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the cluster for metrics and health checks, some seconds old at most: these must be
 * answered at once, also while the database is slow.
 */
final class ClusterWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final int SECONDS = 3;

  private final Parts parts;
  private final ScheduledExecutorService thread = Daemons.timer("cluster-state");
  private volatile Optional<ClusterState> state = Optional.empty();

  /** Begins to look. */
  ClusterWatch(Parts parts) {
    this.parts = parts;
    thread.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      state = parts.cluster();
    } catch (StoreException e) {
      state = Optional.empty();
      LOG.debug("the state of the cluster is unknown: {}", e.getMessage());
    } catch (RuntimeException e) {
      state = Optional.empty();
      if (!thread.isShutdown()) { // else the database is closed
        LOG.error("a defect while reading the state of the cluster", e);
      }
    }
  }

  /** As it was found last; empty while it is unknown. */
  Optional<ClusterState> state() {
    return state;
  }

  /** How many processes run. */
  static long running(ClusterState state) {
    return state.members().stream().filter(Member::isAlive).count();
  }

  /** For a health check; whether it is known or not. */
  Map<String, Object> brief() {
    Map<String, Object> brief = new LinkedHashMap<>();
    Optional<ClusterState> now = state;
    brief.put("name", parts.settings().cluster().orElseThrow().name());
    brief.put("processes", now.map(ClusterWatch::running).orElse(null));
    brief.put("shards", now.map(one -> (long) one.ofThisProcess().size()).orElse(null));
    brief.put(
        "shards_without_owner", now.map(one -> (long) one.withoutOwner().size()).orElse(null));
    return brief;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
