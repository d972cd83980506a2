package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.ActionView.State;
import io.actionscheduler.fire.Run;
import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row of the table as the API shows it. */
final class JobView {
  private final ZoneId zone;
  private final String usualCallback;

  /**
   * @param zone of rows that name none
   * @param usualCallback of rows that name none
   */
  JobView(ZoneId zone, String usualCallback) {
    this.zone = zone;
    this.usualCallback = usualCallback;
  }

  /** One of the two forms below. */
  @FunctionalInterface
  interface Form {
    Map<String, Object> of(ActionView view, Optional<Run> last);
  }

  /** Whether a body names the same schedule that a job is shown with. */
  boolean isSameSchedule(ActionView view, Map<String, Object> body) {
    Object named = body.getOrDefault("schedule_expr", body.get("cron_expression"));
    return named != null && named.equals(schedule(view, ActionForm.complete(view.row())));
  }

  /** In the form of {@code /api/v1/jobs}. */
  Map<String, Object> full(ActionView view, Optional<Run> last) {
    Map<String, Object> row = ActionForm.complete(view.row());
    Map<String, Object> job = begin(view, row);
    job.put("schedule_expr", schedule(view, row));
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", callback(view));
    parameters(view).forEach((name, value) -> payload.put(name.toString(), value));
    job.put("payload", payload);
    return end(job, view, row, last);
  }

  /** In the form of {@code /jobs}. */
  Map<String, Object> brief(ActionView view, Optional<Run> last) {
    Map<String, Object> row = ActionForm.complete(view.row());
    Map<String, Object> job = begin(view, row);
    job.put("cron_expression", schedule(view, row));
    job.put("job_type", callback(view));
    job.put("parameters", parameters(view));
    return end(job, view, row, last);
  }

  /**
   * @param row of the view, every column of it
   */
  private static Map<String, Object> begin(ActionView view, Map<String, Object> row) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("id", row.get(Column.ID.sqlName()));
    job.put("name", view.row().get(Column.NAME).orElse(""));
    job.put("command", view.row().get(Column.COMMAND).orElse(""));
    return job;
  }

  private Map<String, Object> end(
      Map<String, Object> job, ActionView view, Map<String, Object> row, Optional<Run> last) {
    job.put(
        "timezone",
        view.action()
            .map(action -> action.timing().zone().getId())
            .or(() -> view.row().get(Column.TIMEZONE))
            .orElse(zone.getId()));
    job.put("start_date", row.get("start_date"));
    job.put("end_date", row.get("end_date"));
    job.put("jitter", row.get("jitter") instanceof Long seconds ? seconds : null);
    job.put("retry_policy", row.get("retry") instanceof Map<?, ?> retry ? retry : null);
    job.put("owner_id", row.get("owner_id"));
    job.put("enabled", view.state() != State.DISABLED);
    job.put("status", view.state().toString());
    job.put("merge_missed", row.get("merge_missed") instanceof Boolean flag ? flag : null);
    job.put("actuality_time", row.get("actuality_time") instanceof Long number ? number : null);
    job.put("overlap", row.get("overlap"));
    job.put("calendar", row.get("calendar"));
    job.put("created_at", view.row().get(Column.CREATED_AT).map(JobView::moment).orElse(null));
    job.put("updated_at", view.row().get(Column.UPDATED_AT).map(JobView::moment).orElse(null));
    job.put("next_run_at", view.state() == State.FIRES ? time(view, view.nextAt()) : null);
    job.put("last_run_at", last.flatMap(Run::startedAt).map(JobView::utc).orElse(null));
    job.put("last_run_status", last.map(run -> run.status().toString()).orElse(null));
    job.put("problem", view.problem().isEmpty() ? null : view.problem());
    List<String> warnings = warnings(view);
    if (!warnings.isEmpty()) {
      job.put("warnings", warnings);
    }
    return job;
  }

  private static List<String> warnings(ActionView view) {
    List<String> warnings = new ArrayList<>();
    if (view.state() == State.NEVER) {
      warnings.add("its schedule has no future time: it will not fire");
    }
    return warnings;
  }

  /** As it was given where it is text, else the JSON form. */
  private static Object schedule(ActionView view, Map<String, Object> row) {
    Object form = row.get(Column.CRON.sqlName());
    if (form instanceof Map<?, ?> map
        && "interval".equals(map.get("format"))
        && map.get("params") instanceof Map<?, ?> params
        && params.get("every") instanceof String every
        && params.keySet().stream()
            .allMatch(key -> key.equals("every") || key.equals("start_date"))) {
      return every;
    }
    String brief = view.shortCron();
    return brief.startsWith("{") ? form : brief;
  }

  private String callback(ActionView view) {
    return view.action()
        .map(Action::policy)
        .map(policy -> String.join(",", policy.callbacks()))
        .or(() -> view.row().get(Column.CALLBACK))
        .orElse(usualCallback);
  }

  private static Map<?, ?> parameters(ActionView view) {
    return view.action().<Map<?, ?>>map(Action::parameters).orElse(Map.of());
  }

  private static String time(ActionView view, Optional<Instant> at) {
    ZoneId zone = view.action().orElseThrow().timing().zone();
    return at.map(one -> IsoTime.text(one, zone)).orElse(null);
  }

  /**
   * A time of the table in the form of all times of the API; one without an offset is in UTC, as
   * both databases and SQLAlchemy write it. A text that is not a time is returned unchanged.
   */
  private static String moment(String written) {
    try {
      return utc(InstantText.read("time", written, ZoneOffset.UTC));
    } catch (InvalidSchedule e) {
      return written;
    }
  }

  /** {@code 2026-11-01T01:30:00+00:00}. */
  static String utc(Instant at) {
    return IsoTime.utc(at);
  }
}
