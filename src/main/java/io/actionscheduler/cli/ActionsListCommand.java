package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.AheadOfClock;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows all rows. */
@Command(
    name = "list",
    header = "Show all actions with their next fire time.",
    footer = {
      "  action-scheduler actions list",
      "  action-scheduler actions list --json",
    })
final class ActionsListCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Option(names = "--json", description = "A JSON list with an object for each row.")
  private boolean json;

  @Option(names = "--yaml", description = "The form of sample_actions.yaml.")
  private boolean yaml;

  ActionsListCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ActionList actions = new ActionList(parts, shell.err()::line);
      if (json) {
        JsonList list = new JsonList(shell.out());
        actions.each(view -> list.add(ActionForm.complete(view.row())));
        list.end();
      } else if (yaml) {
        YamlList list = new YamlList(shell.out());
        actions.each(view -> list.add(ActionForm.of(view.row())));
        list.end();
      } else {
        Table table =
            new Table(shell.out(), shell.width().get(), ">ID", "NAME", "CRON", "NEXT", "COMMAND");
        AheadOfClock ahead = AheadOfClock.of(parts, shell.err()::line);
        Instant now = parts.clock().instant();
        actions.each(view -> table.row(cells(view.behind(ahead, now))));
        table.end();
      }
      return Cli.FINE;
    }
  }

  private static String[] cells(ActionView view) {
    return new String[] {
      view.id(), value(view, Column.NAME), view.shortCron(), next(view), value(view, Column.COMMAND)
    };
  }

  private static String next(ActionView view) {
    return switch (view.state()) {
      case FIRES ->
          IsoTime.text(view.nextAt().orElseThrow(), view.action().orElseThrow().timing().zone());
      case NEVER, DISABLED, REJECTED -> view.state().toString();
    };
  }

  private static String value(ActionView view, Column column) {
    return view.row().get(column).orElse("NULL");
  }
}
