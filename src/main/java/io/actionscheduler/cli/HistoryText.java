package io.actionscheduler.cli;

import io.actionscheduler.app.view.HistoryForm;
import io.actionscheduler.app.view.HistoryPage;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import java.time.ZoneId;

/** Records of history as a table, as lines, or as JSON lines. */
final class HistoryText {
  private final Shell shell;
  private final ZoneId zone;

  HistoryText(Shell shell, ZoneId zone) {
    this.shell = shell;
    this.zone = zone;
  }

  void print(HistoryPage page, boolean json) {
    if (json) {
      JsonList list = new JsonList(shell.out());
      page.retrying().forEach(run -> list.add(HistoryForm.of(run, zone)));
      page.entries().forEach(entry -> list.add(HistoryForm.of(entry, zone)));
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
    page.retrying().forEach(run -> table.row(cells("", run)));
    page.entries().forEach(entry -> table.row(cells(Long.toString(entry.number()), entry.run())));
    table.end();
  }

  /** One new record, for --follow. */
  void line(Entry entry, boolean json) {
    if (json) {
      shell.out().line(Json.write(HistoryForm.of(entry, zone)));
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
}
