package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a list of jobs shows beside them: their latest outcomes, and the callbacks there are. */
final class OutcomeRoutes {
  private static final int MOST_JOBS = 100;
  private static final int MOST_OUTCOMES = 50;
  private static final ObjectSchema OUTCOMES =
      new ObjectSchema("Outcomes")
          .with(
              "outcomes",
              described("By job id: its latest runs, the latest first, without output.", open()));

  private static final ObjectSchema CALLBACK =
      new ObjectSchema("CallbackOfJobs")
          .with("name", text())
          .with("type", text())
          .with("is_default", described("Of jobs that name none.", flag()));
  private static final ObjectSchema CALLBACKS =
      new ObjectSchema("Callbacks").with("callbacks", listOf(CALLBACK, 100_000));

  private final Running running;

  OutcomeRoutes(Running running) {
    this.running = running;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/outcomes")
            .needs(Right.READ)
            .summary("The latest outcomes of up to 100 jobs.")
            .parameter("job_ids", described("Ids, separated by commas.", text(1, 20_000)))
            .parameter("count", whole(1, MOST_OUTCOMES))
            .gives(200, OUTCOMES)
            .by(this::outcomes),
        Route.of(Method.GET, "/api/v1/callbacks")
            .needs(Right.READ)
            .summary("The callbacks of the settings that a job may name.")
            .gives(200, CALLBACKS)
            .by(call -> callbacks()));
  }

  private Answer callbacks() {
    Settings settings = running.parts().settings();
    List<Map<String, Object>> callbacks = new ArrayList<>();
    settings
        .callbacks()
        .forEach(
            (name, callback) -> {
              Map<String, Object> item = new LinkedHashMap<>();
              item.put("name", name);
              item.put("type", callback.type());
              item.put("is_default", name.equals(settings.callback()));
              callbacks.add(item);
            });
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("callbacks", callbacks);
    return Answer.ok(body);
  }

  private Answer outcomes(Call call) throws Problem {
    String[] ids =
        call.text("job_ids")
            .orElseThrow(() -> Problem.of(400, "job_ids: is missing; write job_ids=1,2,3"))
            .split(",");
    if (ids.length > MOST_JOBS) {
      throw Problem.of(400, "job_ids: has " + ids.length + " ids; allowed are " + MOST_JOBS);
    }
    int count = call.whole("count").orElse(20L).intValue();
    List<ActionId> actions = new ArrayList<>();
    for (String id : ids) {
      if (id.isBlank()) {
        throw Problem.of(400, "job_ids: has an empty id; write job_ids=1,2,3");
      }
      actions.add(new ActionId(id.strip()));
    }
    Map<String, Object> outcomes = new LinkedHashMap<>();
    Jobs.store(() -> running.store().recentRuns(actions, count))
        .forEach(
            (action, latest) ->
                outcomes.put(action.text(), latest.stream().map(OutcomeRoutes::brief).toList()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("outcomes", outcomes);
    return Answer.ok(body);
  }

  private static Map<String, Object> brief(Entry entry) {
    Map<String, Object> run = RunView.of(entry);
    run.keySet().retainAll(BRIEF);
    return run;
  }

  private static final Set<String> BRIEF =
      Set.of("id", "status", "cause", "scheduled_at", "lateness", "retry_count", "fires");
}
