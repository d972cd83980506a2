package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ClusterForm;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.Upcoming;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The state of everything, at most a second old: it is computed once, however many clients ask. */
final class Overview {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int COMING = 20;

  static final ObjectSchema SHAPE =
      new ObjectSchema("Overview")
          .with("now", time())
          .with("version", text())
          .with("environment", text())
          .with("ready", flag())
          .with("engine", orNull(open()))
          .with("verified", orNull(open()))
          .with("since_start", open())
          .with("problems", listOf(open(), 10_000))
          .with("sources", listOf(open(), 1_000))
          .with("minutes", listOf(open(), 60))
          .with("next", listOf(open(), COMING))
          .with("events", whole(0, Long.MAX_VALUE))
          .with("cluster", orNull(ClusterRoutes.SHAPE));

  private final Running running;
  private final Statistics statistics;
  private final String version;
  private final Optional<ClusterWatch> cluster;
  private Map<String, Object> made = Map.of();
  private Instant madeAt = Instant.MIN;

  /**
   * @param cluster empty where this process is in none
   */
  Overview(Running running, Statistics statistics, String version, Optional<ClusterWatch> cluster) {
    this.cluster = cluster;
    this.running = running;
    this.statistics = statistics;
    this.version = version;
  }

  /**
   * The whole overview.
   *
   * @param lastEvent the id of the latest event, so that nothing falls between this and following
   */
  synchronized Map<String, Object> get(long lastEvent) throws Problem, InterruptedException {
    Instant now = running.parts().clock().instant();
    if (madeAt.isBefore(now.minus(FRESH)) || madeAt.isAfter(now)) {
      made = make(now, lastEvent);
      madeAt = now;
    }
    return made;
  }

  private Map<String, Object> make(Instant now, long lastEvent)
      throws Problem, InterruptedException {
    Optional<Status> status = soon(running.engine().status());
    Optional<Verified> verified = Jobs.store(running.store()::lastVerified);
    Optional<ClusterState> shared = cluster.flatMap(ClusterWatch::state);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("now", JobView.utc(now));
    all.put("version", version);
    all.put("environment", running.parts().settings().environment());
    all.put("ready", running.health().isReady());
    all.put("engine", status.map(Overview::engine).orElse(null));
    all.put("verified", verified.map(Overview::verified).orElse(null));
    all.put("since_start", statistics.totals());
    all.put("problems", new Problems(running, statistics, shared).all(status, verified, now));
    all.put("sources", running.health().sources().stream().map(Overview::source).toList());
    all.put("minutes", statistics.minutes(now));
    all.put(
        "next",
        soon(running.engine().upcoming(COMING)).orElse(List.of()).stream()
            .map(Overview::coming)
            .toList());
    all.put("events", lastEvent);
    all.put(
        "cluster",
        shared
            .map(state -> ClusterForm.of(state, running.parts().settings().timezone()))
            .orElse(null));
    return all;
  }

  /** The answer of the engine; empty when it does not come within a second. */
  static <T> Optional<T> soon(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return Optional.of(answer.get(1, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> engine(Status status) {
    Map<String, Object> engine = new LinkedHashMap<>();
    engine.put("actions", (long) status.actions());
    engine.put("schedules", (long) status.schedules());
    engine.put("next_fire_at", status.nextFireAt().map(JobView::utc).orElse(null));
    engine.put("delivered", status.delivered());
    engine.put("waiting", (long) status.waiting());
    engine.put("held", (long) status.held());
    engine.put("retrying", (long) status.retrying());
    engine.put("running", (long) status.running());
    engine.put("unrecorded", (long) status.unrecorded());
    engine.put("unavailable_callbacks", status.unavailable());
    engine.put("store_failing", status.storeFailing());
    return engine;
  }

  private static Map<String, Object> verified(Verified verified) {
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.toString().toLowerCase(java.util.Locale.ROOT), verified.count(verdict));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", JobView.utc(verified.at()));
    all.put("from", JobView.utc(verified.from()));
    all.put("to", JobView.utc(verified.to()));
    all.put("good", verified.isGood());
    all.put("counts", counts);
    return all;
  }

  static Map<String, Object> source(SourceStatus source) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", source.name());
    one.put("actions", (long) source.actions().size());
    one.put("rejected", (long) source.rejected());
    one.put("read_at", source.readAt().map(JobView::utc).orElse(null));
    one.put("unavailable_since", source.unavailableSince().map(JobView::utc).orElse(null));
    one.put("problem", source.problem().isEmpty() ? null : source.problem());
    return one;
  }

  private static Map<String, Object> coming(Upcoming coming) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("job_id", RunView.id(coming.action().id()));
    one.put("name", coming.action().name());
    one.put("at", IsoTime.text(coming.nextAt(), coming.action().timing().zone()));
    one.put("callback", String.join(",", coming.action().policy().callbacks()));
    return one;
  }
}
