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
import java.util.stream.Stream;

/** Changes of existing jobs. */
final class JobEdits {
  private static final String JOB = "/api/v1/jobs/{id}";

  private final Jobs jobs;
  private final JobView shapes;
  private final String basePath;

  /**
   * One for many names: looking for a name and creating its job must not be done by two at once.
   */
  private final Object[] names = Stream.generate(Object::new).limit(64).toArray();

  JobEdits(Jobs jobs, JobView shapes, String basePath) {
    this.jobs = jobs;
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
    return change(call, JobInput.read(call.body(), jobs.now()));
  }

  private Answer put(Call call) throws Problem {
    return change(call, JobInput.readWhole(call.body(), jobs.now()));
  }

  private Answer change(Call call, Map<Column, Optional<String>> given) throws Problem {
    ActionView before = jobs.find(call.path("id"));
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
    if (Jobs.isDryRun(call)) {
      return preview(before, after);
    }
    return write(call, changes, after);
  }

  private Answer preview(ActionView before, ActionView after) {
    return jobs.preview(before.action(), after.action(), shapes.full(after, Optional.empty()));
  }

  /** Writes it if nobody changed the job meanwhile, where the client asks for that. */
  private Answer write(Call call, Map<Column, Optional<String>> changes, ActionView proposed)
      throws Problem {
    String id = call.path("id");
    long number = Jobs.number(id);
    var expected = ETags.expected(call);
    Edited edited =
        jobs.edit(call.body(), table -> table.edit(number, expected, changes, Jobs.editor(call)))
            .orElseThrow(() -> Jobs.notFound(id));
    ActionView now = jobs.view(edited.after());
    if (!edited.isDone()) {
      throw changedMeanwhile(now).with("proposed", shapes.full(proposed, Optional.empty()));
    }
    return Answer.ok(shapes.full(now, jobs.last(now))).with("ETag", ETags.of(now.row()));
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
    ActionView before = jobs.find(call.path("id"));
    Map<Column, Optional<String>> changes =
        Map.of(Column.ENABLED, Optional.of(Boolean.toString(enabled)));
    ActionView after = jobs.view(before.row().with(Column.ENABLED, changes.get(Column.ENABLED)));
    return Jobs.isDryRun(call) ? preview(before, after) : write(call, changes, after);
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
    List<ActionRow> rows = named(name);
    if (rows.isEmpty() && !Jobs.isDryRun(call)) {
      synchronized (names[Math.floorMod(name.hashCode(), names.length)]) {
        rows = named(name); // another request may have created it meanwhile
        if (rows.isEmpty()) {
          return create(call, body);
        }
      }
    }
    return rows.isEmpty() ? create(call, body) : change(call, rows.get(0), body);
  }

  private Answer create(Call call, Map<String, Object> body) throws Problem {
    return jobs.create(call, body, basePath + "/api/v1/jobs", shapes::full);
  }

  /** The job of that name; empty where there is none. */
  private List<ActionRow> named(String name) throws Problem {
    List<ActionRow> rows = jobs.table(Map.of(), table -> table.search().page(query(name)));
    if (rows.size() > 1) {
      throw Problem.of(409, "several jobs have this name; address them by their ids");
    }
    return rows;
  }

  private Answer change(Call call, ActionRow row, Map<String, Object> body) throws Problem {
    String id = row.get(Column.ID).orElseThrow();
    Call named = call.with("id", id, body);
    return change(named, JobInput.readWhole(body, jobs.now()));
  }

  private static RowQuery query(String name) {
    return new RowQuery(
        new RowQuery.Conditions(
            Optional.empty(), Optional.of(name), Optional.empty(), "", Optional.empty()),
        RowQuery.Order.BY_ID,
        new RowQuery.Bounds(2, 0, Optional.empty()));
  }
}
