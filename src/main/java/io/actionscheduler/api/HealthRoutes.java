package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.open;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.events.Standing;
import io.actionscheduler.events.Webhooks;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.ContentSchema;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Route;
import io.actionscheduler.store.ownership.ClusterState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Health checks and metrics: whether the process answers, and whether it does its work. */
final class HealthRoutes {
  /** A fire that has been due for longer and was not started: the engine is stuck. */
  private static final Duration STUCK = Duration.ofSeconds(10);

  /** A parameter: with it, a process that stands by answers 200, since it is ready to take over. */
  static final String STANDBY_OK = "standby_ok";

  /** The content type that Prometheus expects. */
  static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final ObjectSchema HEALTH = new ObjectSchema("Health").with("status", oneOf("ok"));
  private static final ObjectSchema READY =
      new ObjectSchema("Readiness")
          .with("status", oneOf("ok", "degraded", "unavailable", "standby"))
          .optional("parts", open());

  private final Running running;
  private final Metrics metrics;
  private final Webhooks webhooks;
  private final Optional<ClusterWatch> cluster;

  HealthRoutes(
      Running running, Metrics metrics, Webhooks webhooks, Optional<ClusterWatch> cluster) {
    this.running = running;
    this.metrics = metrics;
    this.webhooks = webhooks;
    this.cluster = cluster;
  }

  List<Route> all() {
    return List.of(
        live(),
        Route.of(Method.GET, "/health/ready")
            .open()
            .parameter(STANDBY_OK, flag())
            .summary(
                "Whether it does its work: degraded where a target, a source or a webhook is"
                    + " unavailable, 503 where nothing can fire, or where it stands by (200 with"
                    + " standby_ok). A key with the right read sees each part.")
            .gives(200, READY)
            .gives(503, READY)
            .by(this::ready),
        Route.of(Method.GET, "/metrics")
            .needs(Right.READ)
            .summary("Metrics for Prometheus.")
            .gives(200, new ContentSchema("text/plain"))
            .by(
                call ->
                    Answer.bytes(PROMETHEUS, metrics.scrape().getBytes(StandardCharsets.UTF_8))));
  }

  static Route live() {
    return Route.of(Method.GET, "/health")
        .open()
        .summary("Whether the process answers; nothing else is checked.")
        .gives(200, HEALTH)
        .by(call -> Answer.ok(Map.of("status", "ok")));
  }

  private Answer ready(Call call) throws InterruptedException {
    Optional<Status> engine = Overview.soon(running.engine().status());
    List<SourceStatus> sources = running.health().sources();
    boolean stuck =
        engine
            .flatMap(Status::nextFireAt)
            .map(at -> at.isBefore(now().minus(STUCK)))
            .orElse(engine.isEmpty());
    boolean works = running.health().isReady() && !stuck;
    boolean whole =
        works
            && engine.stream().allMatch(one -> one.unavailable().isEmpty() && !one.storeFailing())
            && webhooks.standings().stream().allMatch(Standing::isOk)
            && sources.stream().allMatch(one -> one.unavailableSince().isEmpty());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", whole ? "ok" : works ? "degraded" : "unavailable");
    if (call.client().may(Right.READ)) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("engine", !running.health().isReady() ? "starting" : stuck ? "stuck" : "ok");
      parts.put(
          "store", engine.map(one -> one.storeFailing() ? "failing" : "ok").orElse("unknown"));
      Map<String, Object> callbacks = new LinkedHashMap<>();
      for (String name : running.parts().settings().callbacks().keySet()) {
        boolean unavailable = engine.filter(one -> one.unavailable().contains(name)).isPresent();
        callbacks.put(name, unavailable ? "unavailable" : "ok");
      }
      parts.put("callbacks", callbacks);
      running
          .parts()
          .processes()
          .rung()
          .ifPresent(reached -> parts.put("code", reached.toString()));
      if (!webhooks.isEmpty()) {
        parts.put("webhooks", webhooks.standings().stream().map(HealthRoutes::webhook).toList());
      }
      engine.flatMap(Status::hold).ifPresent(hold -> parts.put("backlog", backlog(engine, hold)));
      cluster.ifPresent(one -> parts.put("cluster", cluster(one.state())));
      parts.put("sources", sources.stream().map(Overview::source).toList());
      body.put("parts", parts);
    }
    return Answer.json(works ? 200 : 503, body);
  }

  /** Its numbers are null while its state is unknown. */
  private Map<String, Object> cluster(Optional<ClusterState> now) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", running.parts().settings().cluster().orElseThrow().name());
    form.put("processes", now.map(ClusterState::alive).orElse(null));
    form.put("shards", now.map(one -> (long) one.ofThisProcess().size()).orElse(null));
    form.put("shards_without_owner", now.map(one -> (long) one.withoutOwner().size()).orElse(null));
    return form;
  }

  private static Map<String, Object> webhook(Standing standing) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", standing.name());
    view.put("status", standing.state().toString());
    view.put("waiting", (long) standing.waiting());
    view.put("delivered", standing.delivered());
    view.put("dropped", standing.dropped());
    view.put("problem", standing.isOk() ? null : standing.problem());
    return view;
  }

  private static Map<String, Object> backlog(Optional<Status> engine, BacklogHold hold) {
    Map<String, Object> backlog = new LinkedHashMap<>();
    backlog.put("status", "held");
    backlog.put("jobs", (long) engine.map(Status::held).orElse(0));
    backlog.put("until", JobView.utc(hold.until()));
    return backlog;
  }

  private Instant now() {
    return running.parts().clock().instant();
  }
}
