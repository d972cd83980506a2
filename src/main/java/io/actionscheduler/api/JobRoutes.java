package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowQuery;
import io.actionscheduler.text.FireTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs: list, look, create. */
final class JobRoutes {
  private static final String JOBS = "/api/v1/jobs";

  private final Jobs jobs;
  private final JobView shapes;
  private final String usualCallback;
  private final String basePath;

  JobRoutes(Jobs jobs, JobView shapes, String usualCallback, String basePath) {
    this.jobs = jobs;
    this.shapes = shapes;
    this.usualCallback = usualCallback;
    this.basePath = basePath;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.POST, JOBS)
            .needs(Right.WRITE)
            .summary("Create a job; it is scheduled at once.")
            .takes(Shapes.NEW_JOB)
            .gives(201, Shapes.JOB)
            .by(call -> jobs.create(call, call.body(), basePath + JOBS, shapes::full)),
        listed(Route.of(Method.GET, JOBS))
            .summary("List jobs, page by page.")
            .gives(200, Shapes.JOBS)
            .by(this::list),
        Route.of(Method.GET, JOBS + "/{id}")
            .needs(Right.READ)
            .summary("One job.")
            .gives(200, Shapes.JOB)
            .by(call -> get(call, shapes::full)),
        Route.of(Method.GET, JOBS + "/{id}/next")
            .needs(Right.READ)
            .summary("The coming fire times of a job, whether it is paused or not.")
            .parameter("count", whole(1, 1_000))
            .gives(200, Shapes.NEXT)
            .by(this::next),
        Route.of(Method.POST, "/jobs")
            .needs(Right.WRITE)
            .summary("Create a job, short form.")
            .takes(Shapes.NEW_JOB)
            .gives(201, Shapes.SHORT_JOB)
            .by(call -> jobs.create(call, call.body(), basePath + "/jobs", shapes::brief)),
        listed(Route.of(Method.GET, "/jobs"))
            .summary("List jobs, short form.")
            .gives(200, Shapes.SHORT_JOBS)
            .by(this::listShort),
        Route.of(Method.GET, "/jobs/{id}")
            .needs(Right.READ)
            .summary("One job, short form.")
            .gives(200, Shapes.SHORT_JOB)
            .by(call -> get(call, shapes::brief)));
  }

  private static Route listed(Route route) {
    return route
        .needs(Right.READ)
        .parameter("page", whole(1, 1_000_000))
        .parameter("size", whole(1, Shapes.LONGEST_PAGE))
        .parameter("cursor", text(1, 200))
        .parameter("owner_id", text(0, 1_000))
        .parameter("callback", text(1, 500))
        .parameter("q", text(0, 200));
  }

  private Answer get(Call call, JobView.Form form) throws Problem {
    ActionView view = jobs.find(call.path("id"));
    String tag = ETags.of(view.row());
    Answer answer =
        call.header("if-none-match").filter(tag::equals).isPresent()
            ? Answer.unchanged()
            : Answer.ok(form.of(view, jobs.last(view)));
    return answer.with("ETag", tag);
  }

  private Answer next(Call call) throws Problem {
    ActionView view = jobs.find(call.path("id"));
    var timing = Jobs.action(view).timing();
    int count = call.whole("count").orElse(10L).intValue();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("job_id", Jobs.number(call.path("id")));
    body.put("timezone", timing.zone().getId());
    body.put("next", FireTimes.next(timing, jobs.now(), count));
    return Answer.ok(body);
  }

  private Answer list(Call call) throws Problem {
    RowQuery query = query(call, 10);
    List<ActionRow> rows = jobs.table(Map.of(), table -> table.search().page(query));
    long total = jobs.table(Map.of(), table -> table.search().count(query));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jobs", shown(rows, shapes::full));
    body.put("total", total);
    body.put("total_is_exact", true);
    body.put("page", call.whole("page").orElse(1L));
    body.put("size", (long) query.bounds().limit());
    boolean full = rows.size() == query.bounds().limit();
    body.put("next_cursor", full ? rows.get(rows.size() - 1).get(Column.ID).orElseThrow() : null);
    return Answer.ok(body);
  }

  private Answer listShort(Call call) throws Problem {
    RowQuery query = query(call, 100);
    return Answer.ok(
        shown(jobs.table(Map.of(), table -> table.search().page(query)), shapes::brief));
  }

  private List<Map<String, Object>> shown(List<ActionRow> rows, JobView.Form form) throws Problem {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ActionRow row : rows) {
      ActionView view = jobs.view(row);
      shown.add(form.of(view, jobs.last(view)));
    }
    return shown;
  }

  private RowQuery query(Call call, int usual) throws Problem {
    int size = call.whole("size").orElse((long) usual).intValue();
    long page = call.whole("page").orElse(1L);
    Optional<Long> after = Optional.empty();
    if (call.text("cursor").isPresent()) {
      String cursor = call.text("cursor").get();
      if (!cursor.matches("-?[0-9]{1,18}")) {
        throw Problem.of(400, "cursor: is none; take next_cursor of the page before");
      }
      after = Optional.of(Long.parseLong(cursor));
    }
    return new RowQuery(
        new RowQuery.Conditions(
            call.text("owner_id"),
            Optional.empty(),
            call.text("callback"),
            usualCallback,
            call.text("q").filter(text -> !text.isBlank())),
        RowQuery.Order.BY_ID,
        new RowQuery.Bounds(size, after.isPresent() ? 0 : (page - 1) * size, after));
  }
}
