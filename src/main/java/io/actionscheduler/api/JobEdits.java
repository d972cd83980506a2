package io.actionscheduler.api;

import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Schemas;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable.Edited;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowQuery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes of existing jobs. */
final class JobEdits {
  private static final String JOB = "/api/v1/jobs/{id}";

  private final Jobs jobs;
  private final JobView shapes;
  private final NewJobs created;
  private final String basePath;

  /** How often a job is looked for whose name others give and take away meanwhile. */
  private static final int MOST_LOOKS = 5;

  JobEdits(Jobs jobs, JobView shapes, String basePath) {
    this.jobs = jobs;
    this.created = new NewJobs(jobs);
    this.shapes = shapes;
    this.basePath = basePath;
  }

  List<Route> all() {
    return changes().stream()
        .map(route -> route.parameter("dry_run", Schemas.flag()).gives(200, Shapes.PREVIEW_OR_JOB))
        .toList();
  }

  private List<Route> changes() {
    return List.of(
        Route.of(Method.PATCH, JOB)
            .needs(Right.WRITE)
            .summary("Change what the body names, and nothing else.")
            .takes(Shapes.JOB_CHANGES)
            .gives(200, Shapes.JOB)
            .by(this::patch),
        Route.of(Method.PUT, JOB)
            .needs(Right.WRITE)
            .summary("Replace a job; what the body leaves out gets its default.")
            .takes(Shapes.NEW_JOB)
            .gives(200, Shapes.JOB)
            .by(this::put),
        Route.of(Method.PUT, "/api/v1/jobs/by-name/{name}")
            .needs(Right.WRITE)
            .summary("Create the job of that name, or replace it.")
            .takes(Shapes.JOB_CHANGES)
            .gives(200, Shapes.JOB)
            .gives(201, Shapes.JOB)
            .by(this::putByName),
        Route.of(Method.DELETE, JOB)
            .needs(Right.WRITE)
            .summary("Delete a job; its history stays.")
            .gives(204, Shapes.NOTHING)
            .by(this::delete),
        Route.of(Method.POST, JOB + "/pause")
            .needs(Right.RUN)
            .summary("Pause a job: it does not fire until it is resumed.")
            .gives(200, Shapes.JOB)
            .by(call -> setEnabled(call, false)),
        Route.of(Method.POST, JOB + "/resume")
            .needs(Right.RUN)
            .summary(
                "Resume a job: it fires again from now on; what was due meanwhile is not"
                    + " delivered.")
            .gives(200, Shapes.JOB)
            .by(call -> setEnabled(call, true)));
  }

  private Answer patch(Call call) throws Problem {
    return changeById(call, JobInput.read(call.body(), jobs.now()));
  }

  private Answer put(Call call) throws Problem {
    return changeById(call, JobInput.readWhole(call.body(), jobs.now()));
  }

  private Answer changeById(Call call, Map<Column, Optional<String>> given) throws Problem {
    String id = call.path("id");
    return change(call, jobs.find(id), given, row -> true).orElseThrow(() -> Jobs.notFound(id));
  }

  /** As {@link #write}. */
  private Optional<Answer> change(
      Call call, ActionView before, Map<Column, Optional<String>> given, Predicate<ActionRow> meant)
      throws Problem {
    Map<Column, Optional<String>> changes = new EnumMap<>(Column.class);
    changes.putAll(given);
    if (shapes.isSameSchedule(before, call.body())) {
      changes.remove(Column.CRON); // an interval keeps the moment from which it counts
    }
    ActionRow proposed = before.row();
    for (Map.Entry<Column, Optional<String>> change : changes.entrySet()) {
      proposed = proposed.with(change.getKey(), change.getValue());
    }
    jobs.requireExecute(call, before);
    ActionView after = jobs.checked(proposed, call.body());
    jobs.requireExecute(call, after);
    return Jobs.isDryRun(call)
        ? Optional.of(preview(before, after))
        : write(call, changes, after, meant);
  }

  private Answer preview(ActionView before, ActionView after) {
    return jobs.preview(before.action(), after.action(), shapes.full(after, Optional.empty()));
  }

  /**
   * Writes it if nobody changed the job meanwhile, where the client asks for that.
   *
   * @param meant whether a row is the one that the client means
   * @return empty where there is no such row, or it is no longer the one; nothing is written then
   */
  private Optional<Answer> write(
      Call call,
      Map<Column, Optional<String>> changes,
      ActionView proposed,
      Predicate<ActionRow> meant)
      throws Problem {
    long number = Jobs.number(call.path("id"));
    Predicate<ActionRow> expected = meant.and(ETags.expected(call));
    Optional<Edited> edited =
        jobs.edit(call.body(), table -> table.edit(number, expected, changes, Jobs.editor(call)));
    if (edited.isEmpty() || !meant.test(edited.get().before())) {
      return Optional.empty();
    }
    ActionView now = jobs.view(edited.get().after());
    if (!edited.get().isDone()) {
      throw changedMeanwhile(now).with("proposed", shapes.full(proposed, Optional.empty()));
    }
    return Optional.of(
        Answer.ok(shapes.full(now, jobs.last(now))).with("ETag", ETags.of(now.row())));
  }

  private Problem changedMeanwhile(ActionView now) throws Problem {
    return Problem.of(412, "somebody else changed the job meanwhile; look at it and try again")
        .with("current", shapes.full(now, jobs.last(now)))
        .header("ETag", ETags.of(now.row()));
  }

  private Answer delete(Call call) throws Problem {
    String id = call.path("id");
    long number = Jobs.number(id);
    var expected = ETags.expected(call);
    if (Jobs.isDryRun(call)) {
      return jobs.preview(jobs.find(id).action(), Optional.empty(), null);
    }
    Edited removed =
        jobs.edit(Map.of(), table -> table.remove(number, expected, Jobs.editor(call)))
            .orElseThrow(() -> Jobs.notFound(id));
    if (!removed.isDone()) {
      throw changedMeanwhile(jobs.view(removed.after()));
    }
    return Answer.nothing();
  }

  private Answer setEnabled(Call call, boolean enabled) throws Problem {
    String id = call.path("id");
    ActionView before = jobs.find(id);
    Map<Column, Optional<String>> changes =
        Map.of(Column.ENABLED, Optional.of(Boolean.toString(enabled)));
    ActionView after = jobs.view(before.row().with(Column.ENABLED, changes.get(Column.ENABLED)));
    return Jobs.isDryRun(call)
        ? preview(before, after)
        : write(call, changes, after, row -> true).orElseThrow(() -> Jobs.notFound(id));
  }

  /**
   * The name is the client's own id, so the client may send the same request any number of times.
   */
  private Answer putByName(Call call) throws Problem {
    String name = call.path("name");
    Map<String, Object> body = new java.util.LinkedHashMap<>(call.body());
    if (!name.equals(body.getOrDefault("name", name))) {
      throw Problem.of(422, "name: says something else than the address; leave it out");
    }
    body.put("name", name);
    for (int i = 0; i < MOST_LOOKS; i++) {
      Optional<Answer> answer = putByName(call, name, body);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw Problem.of(409, "jobs of this name come and go at this moment; send it again")
        .header("Retry-After", "1");
  }

  /**
   * Creates or changes the job, if it is still missing or still has the name when it is written.
   *
   * @return empty otherwise: then nothing is done
   */
  private Optional<Answer> putByName(Call call, String name, Map<String, Object> body)
      throws Problem {
    List<ActionRow> rows = jobs.table(Map.of(), table -> table.search().page(named(name)));
    if (rows.size() > 1) {
      throw Problem.of(409, "several jobs have this name; address them by their ids");
    }
    if (!rows.isEmpty()) {
      ActionRow row = rows.get(0);
      return change(
          call.with("id", row.get(Column.ID).orElseThrow(), body),
          jobs.view(row),
          JobInput.readWhole(body, jobs.now()),
          now -> now.get(Column.NAME).equals(Optional.of(name)));
    }
    if (call.header("if-match").isPresent()) {
      throw Problem.of(
          412, "If-Match: there is no job of this name; leave the header out to create it");
    }
    return created.create(call, body, basePath + "/api/v1/jobs", shapes::full, true);
  }

  private static RowQuery named(String name) {
    return new RowQuery(
        new RowQuery.Conditions(
            Optional.empty(), Optional.of(name), Optional.empty(), "", Optional.empty()),
        RowQuery.Order.BY_ID,
        new RowQuery.Bounds(2, 0, Optional.empty()));
  }
}
