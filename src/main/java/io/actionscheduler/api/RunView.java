package io.actionscheduler.api;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.callback.code.Rung;
import io.actionscheduler.callback.code.RungMark;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record of the history as the API shows it. */
final class RunView {
  /** The columns of a table: everything but the output. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "job_id",
          "job_name",
          "fire_id",
          "callback",
          "status",
          "cause",
          "scheduled_at",
          "last_scheduled_at",
          "fires",
          "started_at",
          "finished_at",
          "duration",
          "lateness",
          "retry_count",
          "missed_count",
          "error");

  private RunView() {}

  static Map<String, Object> of(Entry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", entry.number());
    add(view, entry.run());
    return view;
  }

  /** A run that is not in the history yet. */
  static Map<String, Object> brief(Run run) {
    Map<String, Object> view = new LinkedHashMap<>();
    add(view, run);
    view.remove("logs");
    return view;
  }

  /**
   * A run that has not ended.
   *
   * @param run whose {@code finishedAt} is the time of its next attempt where it is in retry
   */
  static Map<String, Object> unfinished(Run run) {
    boolean retrying = run.status() == Run.Status.RETRYING;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", null);
    add(view, run);
    view.put("finished_at", null);
    view.put("duration", null);
    view.put("lateness", null);
    view.put("retry_at", retrying ? JobView.utc(run.finishedAt()) : null);
    return view;
  }

  private static void add(Map<String, Object> view, Run run) {
    view.put("job_id", id(run.key().action()));
    view.put("job_name", run.actionName());
    view.put("fire_id", run.fireId().toString());
    view.put("callback", run.key().callback());
    view.put("status", run.status().toString());
    view.put("cause", run.cause().toString());
    view.put("scheduled_at", JobView.utc(run.fires().first()));
    view.put("last_scheduled_at", JobView.utc(run.fires().last()));
    view.put("fires", run.fires().count());
    view.put("started_at", run.startedAt().map(JobView::utc).orElse(null));
    view.put("finished_at", JobView.utc(run.finishedAt()));
    view.put("duration", run.startedAt().map(at -> seconds(at, run.finishedAt())).orElse(null));
    view.put("lateness", lateness(run).orElse(null));
    view.put("logs", RungMark.without(run.output()));
    view.put("rung", RungMark.of(run.output()).map(Rung::number).orElse(null));
    view.put("error", run.error().isEmpty() ? null : run.error());
    view.put("retry_count", Math.max(0, run.attempts() - 1));
    view.put("missed_count", run.missedCount());
  }

  private static Optional<Double> lateness(Run run) {
    return run.request().isEmpty() && run.attempts() == 1
        ? run.startedAt().map(at -> seconds(run.fires().first(), at))
        : Optional.empty();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  /** An id as a number where it is one, else as text. */
  static Object id(ActionId id) {
    return id.number().isPresent() ? (Object) id.number().getAsLong() : id.text();
  }
}
