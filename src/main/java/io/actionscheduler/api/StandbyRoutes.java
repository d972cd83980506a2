package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.open;

import io.actionscheduler.app.lifecycle.StandbyStatus;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Routes;
import io.actionscheduler.text.IsoTime;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The answers of a process that stands by, or has no shards of its cluster: its health and metrics,
 * and 503 to everything else.
 */
final class StandbyRoutes {
  private static final String METRICS =
      """
      # HELP action_scheduler_standby Whether this process waits to take over from another one.
      # TYPE action_scheduler_standby gauge
      action_scheduler_standby 1
      """;

  private final Supplier<StandbyStatus> status;
  private final ZoneId zone;

  /**
   * @param status the store, as it was found at the last check
   * @param zone in which times are written
   */
  StandbyRoutes(Supplier<StandbyStatus> status, ZoneId zone) {
    this.status = status;
    this.zone = zone;
  }

  Routes table(String basePath) {
    return new Routes(
        basePath,
        List.of(
            HealthRoutes.live(),
            Route.of(Method.GET, "/health/ready")
                .open()
                .parameter(HealthRoutes.STANDBY_OK, flag())
                .gives(
                    503,
                    new ObjectSchema("Standby")
                        .with("status", oneOf("standby"))
                        .optional("parts", open()))
                .by(this::ready),
            Route.of(Method.GET, "/metrics")
                .needs(Right.READ)
                .by(
                    call ->
                        Answer.bytes(
                            HealthRoutes.PROMETHEUS, METRICS.getBytes(StandardCharsets.UTF_8)))),
        () ->
            Problem.of(
                    503,
                    "this process stands by, or waits for shards of its cluster, and answers only"
                        + " /health, /health/ready and /metrics; send the request to a process that"
                        + " fires: /health/ready names the owner, in a cluster"
                        + " \"action-scheduler cluster status\" lists the processes")
                .header("Retry-After", "1"));
  }

  private Answer ready(Call call) {
    StandbyStatus now = status.get();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "standby");
    if (call.client().may(Right.READ)) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("engine", "standby");
      parts.put("store", now.problem().isEmpty() ? "ok" : "unavailable");
      now.owner().ifPresent(owner -> parts.put("owner", owner(owner)));
      body.put("parts", parts);
    }
    return Answer.json(call.isSet(HealthRoutes.STANDBY_OK) ? 200 : 503, body);
  }

  private Map<String, Object> owner(StoreOwner owner) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("host", owner.host());
    form.put("pid", owner.pid());
    form.put("since", IsoTime.text(owner.since(), zone));
    form.put("lease_until", IsoTime.text(owner.leaseUntil(), zone));
    return form;
  }
}
