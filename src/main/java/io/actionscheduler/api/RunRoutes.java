package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs: what became of fires, and firing by hand. */
final class RunRoutes {
  private final Running running;
  private final Jobs jobs;
  private final ManualRuns manual;

  RunRoutes(Running running, Jobs jobs, ManualRuns manual) {
    this.running = running;
    this.jobs = jobs;
    this.manual = manual;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.POST, "/api/v1/jobs/{id}/run")
            .needs(Right.RUN)
            .summary("Fire a job now, once, whether it is paused or not.")
            .gives(202, Shapes.STARTED)
            .by(this::run),
        Route.of(Method.GET, "/api/v1/jobs/{id}/runs")
            .needs(Right.READ)
            .summary("The runs of a job, the latest first.")
            .parameter("page", whole(1, 1_000_000))
            .parameter("size", whole(1, Shapes.LONGEST_PAGE))
            .parameter("cursor", text(1, 20))
            .gives(200, Shapes.RUNS)
            .by(this::runsOfJob),
        Route.of(Method.GET, "/api/v1/jobs/{id}/output")
            .needs(Right.READ)
            .summary("What the runs of a job that are under way have printed so far.")
            .gives(200, Shapes.OUTPUTS)
            .by(this::outputs),
        filtered(Route.of(Method.GET, "/api/v1/runs"))
            .summary("The runs of all jobs, the latest first.")
            .gives(200, Shapes.RUNS)
            .by(call -> Answer.ok(page(call, filter(call)))),
        Route.of(Method.GET, "/api/v1/runs/{id}")
            .needs(Right.READ)
            .summary("One run.")
            .gives(200, Shapes.RUN)
            .by(this::runById));
  }

  private static Route filtered(Route route) {
    return route
        .needs(Right.READ)
        .parameter("page", whole(1, 1_000_000))
        .parameter("size", whole(1, Shapes.LONGEST_PAGE))
        .parameter("cursor", text(1, 20))
        .parameter("job_id", text(1, 500))
        .parameter("status", text(1, 200))
        .parameter("cause", text(1, 200))
        .parameter("from", text(1, 50))
        .parameter("to", text(1, 50));
  }

  private Filter filter(Call call) throws Problem {
    return new Filter(
        call.text("job_id").map(ActionId::new),
        words(call, "status", Run.Status.class),
        words(call, "cause", Cause.class),
        moment(call, "from"),
        moment(call, "to"));
  }

  private static <E extends Enum<E>> Set<E> words(Call call, String name, Class<E> type)
      throws Problem {
    try {
      List<String> words = call.text(name).map(text -> List.of(text.split(","))).orElse(List.of());
      return InputText.words(name, words, type);
    } catch (InvalidInput e) {
      throw Problem.of(400, e.getMessage());
    }
  }

  private Optional<Instant> moment(Call call, String name) throws Problem {
    return moment(call, name, running.parts().settings().timezone());
  }

  static Optional<Instant> moment(Call call, String name, ZoneId zone) throws Problem {
    try {
      Optional<String> text = call.text(name);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(InputText.time(name, text.get(), zone));
    } catch (InvalidInput e) {
      throw Problem.of(400, e.getMessage());
    }
  }

  private Answer runById(Call call) throws Problem {
    String id = call.path("id");
    Optional<Entry> entry =
        id.matches("[0-9]{1,18}")
            ? Jobs.store(() -> running.store().historyEntry(Long.parseLong(id)))
            : Optional.empty();
    return Answer.ok(
        RunView.of(
            entry.orElseThrow(
                () -> Problem.of(404, "there is no run of this id, or it is kept no longer"))));
  }

  private Answer run(Call call) throws Problem {
    ActionView view = jobs.find(call.path("id"));
    return Answer.json(202, manual.start(Jobs.action(view), call.client().name()));
  }

  private Answer outputs(Call call) throws Problem {
    ActionId id = new ActionId(call.path("id"));
    List<Map<String, Object>> outputs =
        running.parts().processes().outputs().of(id).stream().map(RunRoutes::output).toList();
    if (outputs.isEmpty() && id.number().isPresent()) {
      jobs.find(call.path("id")); // else there is no such job
    }
    return Answer.ok(Map.of("running", outputs));
  }

  private static Map<String, Object> output(RunningOutputs.Followed followed) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("fire_id", followed.fire().toString());
    view.put("callback", followed.callback());
    view.put("bytes", followed.output().total());
    view.put("logs", followed.output().text());
    return view;
  }

  private Answer runsOfJob(Call call) throws Problem {
    ActionId id = new ActionId(call.path("id"));
    Filter filter =
        new Filter(Optional.of(id), Set.of(), Set.of(), Optional.empty(), Optional.empty());
    Map<String, Object> page = page(call, filter);
    if (page.get("total").equals(0L) && id.number().isPresent()) {
      jobs.find(call.path("id")); // else there is no such job; one that is gone has its history
    }
    return Answer.ok(page);
  }

  private Map<String, Object> page(Call call, Filter filter) throws Problem {
    int size = call.whole("size").orElse(10L).intValue();
    long page = call.whole("page").orElse(1L);
    long before = cursor(call);
    long skipped = (page - 1) * size;
    if (skipped > HistoryStore.MOST_COUNTED) {
      throw Problem.of(400, "page: is too far back; go on from next_cursor of the page before it");
    }
    List<Entry> entries =
        Jobs.store(
            () ->
                before == Long.MAX_VALUE
                    ? running.store().historyPage(filter, skipped, size)
                    : running.store().history(filter, before, size));
    HistoryStore.Count total = Jobs.store(() -> running.store().countHistory(filter));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("runs", entries.stream().map(RunView::of).toList());
    body.put("total", total.number());
    body.put("total_is_exact", total.isExact());
    body.put("page", page);
    body.put("size", (long) size);
    boolean full = entries.size() == size;
    body.put("next_cursor", full ? Long.toString(entries.get(size - 1).number()) : null);
    return body;
  }

  static long cursor(Call call) throws Problem {
    Optional<String> cursor = call.text("cursor");
    if (cursor.isPresent() && !cursor.get().matches("[0-9]{1,18}")) {
      throw Problem.of(400, "cursor: is none; take next_cursor of the page before");
    }
    return cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
  }
}
