package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.BacklogList;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows missed fires that wait for a decision. */
@Command(
    name = "list",
    header = "Show the missed fires that wait for a decision, action by action.",
    description = {
      "DELIVERED, MERGED and EXPIRED show what the rule of the row would do with them now.",
      "Works beside a running scheduler, which holds them."
    },
    footer = {"  action-scheduler backlog list", "  action-scheduler backlog list --json"})
final class BacklogListCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  BacklogListCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ZoneId zone = parts.settings().timezone();
      BacklogList held = BacklogList.read(parts, DurableStore.of(parts), shell.err()::line);
      if (json) {
        JsonList list = new JsonList(shell.out());
        for (BacklogList.Row row : held.rows()) {
          Map<String, Object> item = new LinkedHashMap<>();
          item.put("action", row.key().action().text());
          item.putAll(BacklogList.shown(row, zone));
          list.add(item);
        }
        list.end();
      } else {
        print(held, zone);
      }
      return Cli.FINE;
    }
  }

  private void print(BacklogList held, ZoneId zone) {
    if (held.rows().isEmpty()) {
      shell.err().line("no missed fires wait for a decision");
      return;
    }
    Table table =
        new Table(
            shell.out(),
            shell.width().get(),
            ">ID",
            "NAME",
            "CALLBACK",
            ">MISSED",
            "FIRST",
            "LAST",
            ">DELIVERED",
            ">MERGED",
            ">EXPIRED");
    for (BacklogList.Row row : held.rows()) {
      table.row(
          row.key().action().text(),
          row.fires().action().name(),
          row.fires().callback(),
          Long.toString(row.share().due()),
          IsoTime.text(row.first(), zone),
          IsoTime.text(row.fires().upTo(), zone),
          Long.toString(row.share().delivered()),
          Long.toString(row.share().merged()),
          Long.toString(row.share().expired()));
    }
    table.end();
    held.hold()
        .ifPresent(
            hold ->
                shell
                    .err()
                    .line(
                        "held until "
                            + IsoTime.text(hold.until(), zone)
                            + ": decide with: backlog decide deliver|merge|drop|rule ID..."));
  }
}
