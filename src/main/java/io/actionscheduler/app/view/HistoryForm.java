package io.actionscheduler.app.view;

import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Records of history as JSON objects: what {@code history --json} prints. */
public final class HistoryForm {
  /** The columns of a table: everything but the output. */
  public static final List<String> COLUMNS =
      List.of(
          "number",
          "fire_id",
          "action",
          "name",
          "callback",
          "scheduled_time",
          "last_scheduled_time",
          "fires",
          "cause",
          "status",
          "started_at",
          "finished_at",
          "attempts",
          "missed_count",
          "error");

  private HistoryForm() {}

  /** A record with its number. */
  public static Map<String, Object> of(Entry entry, ZoneId zone) {
    return of(OptionalLong.of(entry.number()), entry.run(), zone);
  }

  /** A run that is not in the history yet, such as a fire in retry: its number is null. */
  public static Map<String, Object> of(Run run, ZoneId zone) {
    return of(OptionalLong.empty(), run, zone);
  }

  private static Map<String, Object> of(OptionalLong number, Run run, ZoneId zone) {
    boolean retrying = run.status() == Status.RETRYING;
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("number", number.isPresent() ? number.getAsLong() : null);
    item.put("fire_id", run.fireId().toString());
    item.put("action", run.key().action().text());
    item.put("name", run.actionName().isEmpty() ? null : run.actionName());
    item.put("callback", run.key().callback());
    item.put("scheduled_time", IsoTime.text(run.fires().first(), zone));
    item.put("last_scheduled_time", IsoTime.text(run.fires().last(), zone));
    item.put("fires", run.fires().count());
    item.put("cause", run.cause().toString());
    item.put("status", run.status().toString());
    item.put("started_at", run.startedAt().map(at -> IsoTime.text(at, zone)).orElse(null));
    boolean ended = !retrying && run.status() != Status.RUNNING;
    item.put("finished_at", ended ? IsoTime.text(run.finishedAt(), zone) : null);
    item.put("retry_at", retrying ? IsoTime.text(run.finishedAt(), zone) : null);
    item.put("attempts", run.attempts());
    item.put("missed_count", run.missedCount());
    item.put("error", run.error());
    item.put("output", run.output());
    return item;
  }
}
