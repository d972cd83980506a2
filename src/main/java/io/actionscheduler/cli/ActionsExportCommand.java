package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes all rows so that they can be imported. */
@Command(
    name = "export",
    header = "Write all actions in the form that import takes.",
    footer = {
      "  action-scheduler actions export > actions.yaml",
      "  action-scheduler actions export --json > actions.json"
    })
final class ActionsExportCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Option(names = "--json", description = "A JSON list instead of YAML.")
  private boolean json;

  ActionsExportCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ActionList actions = new ActionList(parts, shell.err()::line);
      if (json) {
        JsonList list = new JsonList(shell.out());
        actions.eachOfTable(view -> list.add(ActionForm.of(view.row())));
        list.end();
      } else {
        YamlList list = new YamlList(shell.out());
        actions.eachOfTable(view -> list.add(ActionForm.of(view.row())));
        list.end();
      }
      return Cli.FINE;
    }
  }
}
