package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes rows. */
@Command(
    name = "remove",
    header = "Remove actions; missed fires of them are not delivered any more.",
    footer = {"  action-scheduler actions remove 7", "  action-scheduler actions remove 7 8 9"})
final class ActionsRemoveCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the actions.")
  private List<String> ids;

  ActionsRemoveCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    int code = Cli.FINE;
    try (Parts parts = globals.parts()) {
      CommandEdits edits = new CommandEdits(parts);
      for (long id : ActionIds.ofTable(ids)) {
        if (edits.remove(id)) {
          shell.out().line("removed action " + id);
        } else {
          shell.err().line(new NoSuchAction(ActionId.of(id)).getMessage());
          code = Cli.FAILED;
        }
      }
    }
    return code;
  }
}
