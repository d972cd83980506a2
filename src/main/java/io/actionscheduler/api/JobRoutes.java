package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.fire.Run;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.text.FireTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs: list, show, create. */
final class JobRoutes {
  private static final String JOBS = "/api/v1/jobs";

  private final Jobs jobs;
  private final JobView shapes;
  private final JobLists lists;
  private final NewJobs created;
  private final String basePath;

  JobRoutes(Jobs jobs, JobLists lists, JobView shapes, String basePath) {
    this.jobs = jobs;
    this.created = new NewJobs(jobs);
    this.shapes = shapes;
    this.lists = lists;
    this.basePath = basePath;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.POST, JOBS)
            .needs(Right.WRITE)
            .summary("Create a job; it is scheduled at once.")
            .takes(Shapes.NEW_JOB)
            .parameter("dry_run", flag())
            .gives(200, Shapes.PREVIEW)
            .gives(201, Shapes.JOB)
            .by(call -> created.create(call, call.body(), basePath + JOBS, shapes::full)),
        JobLists.parameters(Route.of(Method.GET, JOBS))
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
            .summary("The next fire times of a job, whether it is paused or not.")
            .parameter("count", whole(1, 1_000))
            .gives(200, Shapes.NEXT)
            .by(this::next),
        Route.of(Method.POST, "/jobs")
            .needs(Right.WRITE)
            .summary("Create a job, short form.")
            .takes(Shapes.NEW_JOB)
            .parameter("dry_run", flag())
            .gives(200, Shapes.PREVIEW)
            .gives(201, Shapes.SHORT_JOB)
            .by(call -> created.create(call, call.body(), basePath + "/jobs", shapes::brief)),
        JobLists.parameters(Route.of(Method.GET, "/jobs"))
            .summary("List jobs, short form.")
            .gives(200, Shapes.SHORT_JOBS)
            .by(this::listShort),
        Route.of(Method.GET, "/jobs/{id}")
            .needs(Right.READ)
            .summary("One job, short form.")
            .gives(200, Shapes.SHORT_JOB)
            .by(call -> get(call, shapes::brief)));
  }

  private Answer get(Call call, JobView.Form form) throws Problem, InterruptedException {
    ActionView view = jobs.behindProgress(List.of(jobs.find(call.path("id")))).get(0);
    String tag = ETags.of(view.row());
    Answer answer =
        ETags.isKnown(call, tag) ? Answer.unchanged() : Answer.ok(form.of(view, jobs.last(view)));
    return answer.with("ETag", tag);
  }

  private Answer next(Call call) throws Problem, InterruptedException {
    ActionView view = jobs.find(call.path("id"));
    var timing = Jobs.action(view).timing();
    int count = call.whole("count").orElse(10L).intValue();
    Map<String, Object> body = new LinkedHashMap<>();
    ActionId id = new ActionId(call.path("id"));
    body.put("job_id", RunView.id(id));
    body.put("timezone", timing.zone().getId());
    body.put("next", FireTimes.next(timing, jobs.ahead(List.of(id)).from(id, jobs.now()), count));
    return Answer.ok(body);
  }

  private Answer list(Call call) throws Problem, InterruptedException {
    JobLists.Page page = lists.find(call, 10);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jobs", shown(page.views(), shapes::full));
    body.put("total", page.total());
    body.put("total_is_exact", true);
    body.put("page", call.whole("page").orElse(1L));
    body.put("size", (long) page.size());
    body.put("next_cursor", page.next().orElse(null));
    return Answer.ok(body);
  }

  private Answer listShort(Call call) throws Problem, InterruptedException {
    return Answer.ok(shown(lists.find(call, 100).views(), shapes::brief));
  }

  private List<Map<String, Object>> shown(List<ActionView> views, JobView.Form form)
      throws Problem, InterruptedException {
    List<Map<String, Object>> shown = new ArrayList<>();
    Map<ActionId, Run> last = jobs.last(views);
    for (ActionView view : jobs.behindProgress(views)) {
      shown.add(form.of(view, Jobs.id(view).map(last::get)));
    }
    return shown;
  }
}
