package io.actionscheduler.api;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.RowQuery;
import java.util.Map;
import java.util.Optional;

/** Jobs that a request made before its answer was lost. */
record MadeJobs(Jobs jobs, JobView shapes, String basePath) implements Idempotency.Made {

  @Override
  public Optional<Answer> answer(Call call, ActionId job) throws Problem {
    boolean whole = call.route().path().startsWith("/api/");
    String collection = basePath + (whole ? "/api/v1/jobs" : "/jobs");
    try {
      ActionView view = jobs.find(job.text());
      return Optional.of(
          whole
              ? new NewJobs(jobs).created(view, collection, shapes::full)
              : new NewJobs(jobs).created(view, collection, shapes::brief));
    } catch (Problem e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean isThere(String name) throws Problem {
    RowQuery named =
        new RowQuery(
            new RowQuery.Conditions(
                Optional.empty(), Optional.of(name), Optional.empty(), "", Optional.empty()),
            RowQuery.Order.BY_ID,
            new RowQuery.Bounds(1, 0, Optional.empty()));
    return !jobs.table(Map.of(), table -> table.search().page(named)).isEmpty();
  }
}
