package io.actionscheduler.cli;

import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of history as a table, as lines, or as JSON. */
final class HistoryText {
  private final Shell shell;
  private final ZoneId zone;

  HistoryText(Shell shell, ZoneId zone) {
    this.shell = shell;
    this.zone = zone;
  }

  /** A fire in retry as a record: not in the history before it has ended. */
  static Run retrying(ProgressKey key, OpenFire open) {
    return new Run(
        key,
        "",
        Stretch.of(open.scheduledAt()),
        "",
        open.cause(),
        Status.RETRYING,
        Optional.empty(),
        open.retryAt(),
        open.attempts(),
        open.merged().map(Stretch::count).orElse(0L),
        open.error(),
        "");
  }

  void print(List<Run> retrying, List<Entry> entries, boolean json) {
    if (json) {
      JsonList list = new JsonList(shell.out());
      retrying.forEach(run -> list.add(item(OptionalLong.empty(), run)));
      entries.forEach(entry -> list.add(item(OptionalLong.of(entry.number()), entry.run())));
      list.end();
      return;
    }
    Table table =
        new Table(
            shell.out(),
            shell.width().get(),
            ">NUMBER",
            ">ID",
            "CALLBACK",
            "SCHEDULED",
            ">FIRES",
            "CAUSE",
            "STATUS",
            ">ATTEMPTS",
            "FINISHED",
            "ERROR");
    retrying.forEach(run -> table.row(cells("", run)));
    entries.forEach(entry -> table.row(cells(Long.toString(entry.number()), entry.run())));
    table.end();
  }

  /** One record that came while it was waited for. */
  void line(Entry entry, boolean json) {
    if (json) {
      shell.out().line(Json.write(item(OptionalLong.of(entry.number()), entry.run())));
    } else {
      String[] cells = cells(Long.toString(entry.number()), entry.run());
      shell.out().line(DisplayText.safe(String.join("  ", cells)).stripTrailing());
    }
  }

  private String[] cells(String number, Run run) {
    return new String[] {
      number,
      run.key().action().text(),
      run.key().callback(),
      IsoTime.text(run.fires().first(), zone),
      Long.toString(run.fires().count()),
      run.cause().toString(),
      run.status().toString(),
      Integer.toString(run.attempts()),
      run.status() == Status.RETRYING ? "" : IsoTime.text(run.finishedAt(), zone),
      run.error()
    };
  }

  private Map<String, Object> item(OptionalLong number, Run run) {
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
    item.put("finished_at", retrying ? null : IsoTime.text(run.finishedAt(), zone));
    item.put("retry_at", retrying ? IsoTime.text(run.finishedAt(), zone) : null);
    item.put("attempts", run.attempts());
    item.put("missed_count", run.missedCount());
    item.put("error", run.error());
    item.put("output", run.output());
    return item;
  }
}
