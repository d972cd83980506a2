package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.HistoryExport;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.ContentSchema;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Runs: the outcomes of fires, and firing by hand. */
final class RunRoutes {
  /** Each export occupies a thread of the server until its client has read it. */
  private static final int MOST_EXPORTS = 4;

  private final Running running;
  private final Jobs jobs;
  private final ManualRuns manual;
  private final RunPages pages;
  private final Semaphore exports = new Semaphore(MOST_EXPORTS);

  RunRoutes(Running running, Jobs jobs, ManualRuns manual) {
    this.running = running;
    this.jobs = jobs;
    this.manual = manual;
    this.pages = new RunPages(running, manual);
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
            .summary("The runs of a job: those that run or are in retry, then the latest first.")
            .parameter("page", whole(1, 1_000_000))
            .parameter("size", whole(1, Shapes.LONGEST_PAGE))
            .parameter("cursor", text(1, 20))
            .parameter("status", text(1, 200))
            .gives(200, Shapes.RUNS)
            .by(this::runsOfJob),
        Route.of(Method.GET, "/api/v1/jobs/{id}/output")
            .needs(Right.READ)
            .summary("What the runs of a job that are under way have printed so far.")
            .gives(200, Shapes.OUTPUTS)
            .by(this::outputs),
        filtered(Route.of(Method.GET, "/api/v1/runs"))
            .summary(
                "The runs of all jobs: those that run, then the latest first; those in retry where"
                    + " status asks for them.")
            .gives(200, Shapes.RUNS)
            .by(call -> Answer.ok(pages.page(call, filter(call)))),
        filters(Route.of(Method.GET, "/api/v1/export/runs"))
            .summary("All runs that match as a file, the latest first; it streams.")
            .parameter("format", oneOf("csv", "jsonl"))
            .gives(200, new ContentSchema("text/csv"))
            .by(this::export),
        Route.of(Method.GET, "/api/v1/runs/{id}")
            .needs(Right.READ)
            .summary("One run.")
            .gives(200, Shapes.RUN)
            .by(this::runById));
  }

  private Answer export(Call call) throws Problem {
    Filter filter = filter(call);
    HistoryExport.Form form =
        HistoryExport.Form.valueOf(call.text("format").orElse("csv").toUpperCase(Locale.ROOT));
    if (!exports.tryAcquire()) {
      throw Problem.of(
              503, "there are " + MOST_EXPORTS + " exports under way already; try again later")
          .header("Retry-After", "10");
    }
    String type = form == HistoryExport.Form.CSV ? "text/csv; header=present" : "application/jsonl";
    return Answer.written(type + "; charset=utf-8", out -> export(filter, form, out))
        .with(
            "Content-Disposition",
            "attachment; filename=\"history." + form.name().toLowerCase(Locale.ROOT) + "\"");
  }

  private void export(Filter filter, HistoryExport.Form form, OutputStream out) throws IOException {
    try {
      new HistoryExport(running.store(), RunView.COLUMNS, RunView::of)
          .write(filter, form, text -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (StoreException e) {
      throw new IOException(e);
    } finally {
      exports.release();
    }
  }

  private static Route filtered(Route route) {
    return filters(route)
        .parameter("page", whole(1, 1_000_000))
        .parameter("size", whole(1, Shapes.LONGEST_PAGE))
        .parameter("cursor", text(1, 20));
  }

  private static Route filters(Route route) {
    return route
        .needs(Right.READ)
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
                () -> Problem.of(404, "there is no run of this id, or it is no longer kept"))));
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
        new Filter(
            Optional.of(id),
            words(call, "status", Run.Status.class),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    Map<String, Object> page = pages.page(call, filter);
    if (page.get("total").equals(0L) && id.number().isPresent()) {
      jobs.find(call.path("id")); // else there is no such job; one that is gone has its history
    }
    return Answer.ok(page);
  }
}
