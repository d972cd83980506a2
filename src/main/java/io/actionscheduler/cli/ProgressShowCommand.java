package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ProgressForm;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the internal store holds. */
@Command(
    name = "show",
    header = "Show up to which scheduled time each action is settled.",
    description = "Works beside a running scheduler, and without one.",
    footer = {
      "  action-scheduler progress show",
      "  action-scheduler progress show 7 --json",
    })
final class ProgressShowCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Of these actions; none: of all.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  ProgressShowCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ZoneId zone = parts.settings().timezone();
      List<Progress> all =
          ProgressForm.read(
              DurableStore.of(parts), action -> ids.isEmpty() || ids.contains(action.text()));
      if (json) {
        JsonList list = new JsonList(shell.out());
        all.forEach(progress -> list.add(ProgressForm.of(progress, zone)));
        list.end();
      } else {
        print(all, zone);
      }
      return Cli.FINE;
    }
  }

  private void print(List<Progress> all, ZoneId zone) {
    Table table =
        new Table(shell.out(), shell.width().get(), ">ID", "CALLBACK", "SETTLED UNTIL", "STATE");
    for (Progress progress : all) {
      table.row(
          progress.key().action().text(),
          progress.key().callback(),
          IsoTime.text(progress.settledUntil(), zone),
          ProgressForm.state(progress, zone));
    }
    table.end();
  }
}
