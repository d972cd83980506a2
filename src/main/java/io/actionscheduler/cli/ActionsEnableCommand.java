package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Enables and disables actions. */
abstract class ActionsEnableCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;
  private final boolean enabled;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the actions.")
  private List<String> ids;

  private ActionsEnableCommand(Shell shell, Globals globals, boolean enabled) {
    this.shell = shell;
    this.globals = globals;
    this.enabled = enabled;
  }

  static ActionsEnableCommand enable(Shell shell, Globals globals) {
    return new Enable(shell, globals);
  }

  static ActionsEnableCommand disable(Shell shell, Globals globals) {
    return new Disable(shell, globals);
  }

  @Override
  public Integer call() throws Exception {
    int code = Cli.FINE;
    try (Parts parts = globals.parts()) {
      CommandEdits edits = new CommandEdits(parts);
      for (long id : ActionIds.ofTable(ids)) {
        Optional<ActionRow> row =
            edits.edit(id, Map.of(Column.ENABLED, Optional.of(Boolean.toString(enabled))));
        if (row.isPresent()) {
          String done = enabled ? "enabled " : "disabled ";
          shell.out().line(done + DisplayText.safe(row.get().label()));
        } else {
          shell.err().line(new NoSuchAction(ActionId.of(id)).getMessage());
          code = Cli.FAILED;
        }
      }
    }
    return code;
  }

  @Command(
      name = "enable",
      header = "Let actions fire again from now on; what they missed meanwhile is not delivered.",
      footer = "  action-scheduler actions enable 7 8")
  private static final class Enable extends ActionsEnableCommand {
    Enable(Shell shell, Globals globals) {
      super(shell, globals, true);
    }
  }

  @Command(
      name = "disable",
      header = "Stop actions from firing until they are enabled.",
      footer = "  action-scheduler actions disable 7 8")
  private static final class Disable extends ActionsEnableCommand {
    Disable(Shell shell, Globals globals) {
      super(shell, globals, false);
    }
  }
}
