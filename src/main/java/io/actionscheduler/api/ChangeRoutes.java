package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.fire.Change;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who changed jobs. */
final class ChangeRoutes {
  private static final ObjectSchema CHANGE =
      new ObjectSchema("Change")
          .with("id", whole(0, Long.MAX_VALUE))
          .with("job_id", Shapes.ID)
          .with("at", time())
          .with("kind", oneOf("created", "changed", "removed", "decided"))
          .with("editor", text())
          .with("via", oneOf("api", "page", "command", "scheduler", "another_program"))
          .with("request_id", orNull(text()))
          .with("before", orNull(open()))
          .with("after", orNull(open()));
  private static final ObjectSchema CHANGES =
      new ObjectSchema("Changes")
          .with("changes", listOf(CHANGE, Shapes.LONGEST_PAGE))
          .with("next_cursor", orNull(text()));

  private final Running running;
  private final Jobs jobs;

  ChangeRoutes(Running running, Jobs jobs) {
    this.running = running;
    this.jobs = jobs;
  }

  List<Route> all() {
    return List.of(
        paged(Route.of(Method.GET, "/api/v1/jobs/{id}/changes"))
            .summary("Who changed a job, latest first; also of a job that was deleted.")
            .by(call -> changes(call, Optional.of(new ActionId(call.path("id"))))),
        paged(Route.of(Method.GET, "/api/v1/changes"))
            .summary("Who changed any job, latest first.")
            .by(call -> changes(call, Optional.empty())));
  }

  private static Route paged(Route route) {
    return route
        .needs(Right.READ)
        .parameter("size", whole(1, Shapes.LONGEST_PAGE))
        .parameter("cursor", text(1, 20))
        .gives(200, CHANGES);
  }

  private Answer changes(Call call, Optional<ActionId> job) throws Problem {
    int size = call.whole("size").orElse(50L).intValue();
    long before = RunPages.cursor(call);
    if (job.isPresent()) {
      jobs.requireTrace(job.get().text());
    }
    List<Change> changes = Jobs.store(() -> running.store().changes(job, before, size));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("changes", changes.stream().map(ChangeRoutes::shown).toList());
    body.put(
        "next_cursor",
        changes.size() == size ? Long.toString(changes.get(size - 1).number()) : null);
    return Answer.ok(body);
  }

  private static Map<String, Object> shown(Change change) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", change.number());
    one.put("job_id", RunView.id(change.action()));
    one.put("at", JobView.utc(change.at()));
    one.put("kind", change.kind().toString());
    one.put("editor", change.editor());
    one.put("via", change.via().toString());
    one.put("request_id", change.request().isEmpty() ? null : change.request());
    one.put("before", row(change.before()));
    one.put("after", row(change.after()));
    return one;
  }

  private static Object row(String json) {
    if (json.isEmpty()) {
      return null;
    }
    try {
      return Json.parse(json);
    } catch (InvalidJson e) {
      throw new IllegalStateException("a record of a change is not as this program writes it", e);
    }
  }
}
