package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.text;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.Cadence;
import io.actionscheduler.app.view.WhyNot;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger knows of a job: why it did not fire, and whether it keeps its pace. */
final class InsightRoutes {
  private static final ObjectSchema WHY =
      new ObjectSchema("Why")
          .with("job_id", Shapes.ID)
          .with("at", text())
          .with("answers", listOf(open(), 1_000));

  private final Running running;
  private final Jobs jobs;
  private final CronReader crons;
  private final ZoneId zone;

  InsightRoutes(Running running, Jobs jobs) {
    this.running = running;
    this.jobs = jobs;
    this.crons = running.parts().crons();
    this.zone = running.parts().settings().timezone();
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/jobs/{id}/why")
            .needs(Right.READ)
            .summary("Why a job did, or did not, fire at a past moment; of one that is gone, too.")
            .parameter("at", text(1, 60))
            .gives(200, WHY)
            .by(this::why),
        Route.of(Method.GET, "/api/v1/jobs/{id}/cadence")
            .needs(Right.READ)
            .summary("What the schedule of a job asked for, and what came of it; the last day.")
            .parameter("from", text(1, 60))
            .parameter("to", text(1, 60))
            .gives(200, open())
            .by(this::cadence));
  }

  private Answer why(Call call) throws Problem {
    ActionId id = new ActionId(call.path("id"));
    Instant at =
        RunRoutes.moment(call, "at", zone)
            .orElseThrow(() -> Problem.of(400, "at: required; a moment such as 2026-11-27T03:00"));
    jobs.requireTrace(call.path("id"));
    WhyNot why = new WhyNot(running.store(), crons::readKept, this::exclusion, jobs.now());
    return Answer.ok(Jobs.store(() -> why.form(id, at)));
  }

  private Optional<String> exclusion(ActionId action, Instant scheduledAt) {
    return new ActiveActions(running)
        .find(action)
        .flatMap(found -> running.calendars().now().reason(found.policy(), scheduledAt));
  }

  private Answer cadence(Call call) throws Problem {
    ActionId id = new ActionId(call.path("id"));
    Instant to = RunRoutes.moment(call, "to", zone).orElseGet(jobs::now);
    Instant from = RunRoutes.moment(call, "from", zone).orElse(to.minus(Duration.ofDays(1)));
    if (!from.isBefore(to)) {
      throw Problem.of(400, "from: is not before to");
    }
    jobs.requireTrace(call.path("id"));
    Cadence cadence = new Cadence(running.store(), crons::readKept);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("job_id", RunView.id(id));
    body.putAll(Jobs.store(() -> cadence.of(id, from, to)));
    return Answer.ok(body);
  }
}
