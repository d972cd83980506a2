package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Creates jobs for routes. */
record NewJobs(Jobs jobs) {
  NewJobs {
    requireNonNull(jobs, "jobs is null");
  }

  /** Creates a job, and answers with it. */
  Answer create(Call call, Map<String, Object> body, String collection, JobView.Form form)
      throws Problem {
    return create(call, body, collection, form, false).orElseThrow();
  }

  /**
   * The same.
   *
   * @param onlyNewName whether nothing is done, and the answer empty, where a job has the name
   */
  Optional<Answer> create(
      Call call,
      Map<String, Object> body,
      String collection,
      JobView.Form form,
      boolean onlyNewName)
      throws Problem {
    Map<Column, String> values = new EnumMap<>(Column.class);
    JobInput.readNew(body, jobs.now())
        .forEach((column, value) -> value.ifPresent(text -> values.put(column, text)));
    ActionRow row = ActionRow.of(values);
    ActionView proposed = jobs.checked(row, body);
    jobs.requireExecute(call, proposed);
    if (Jobs.isDryRun(call)) {
      Map<String, Object> shown = form.of(proposed, Optional.empty());
      return Optional.of(jobs.preview(Optional.empty(), proposed.action(), shown));
    }
    Optional<ActionRow> added =
        jobs.edit(
            body,
            table ->
                onlyNewName
                    ? table.addUnlessNamed(row, Jobs.editor(call))
                    : Optional.of(table.add(row, Jobs.editor(call))));
    return added.map(one -> created(jobs.view(one), collection, form));
  }

  /** The answer to a request that made a job. */
  Answer created(ActionView view, String collection, JobView.Form form) {
    return Answer.json(201, form.of(view, Optional.empty()))
        .with("ETag", ETags.of(view.row()))
        .with("Location", collection + "/" + view.id());
  }
}
