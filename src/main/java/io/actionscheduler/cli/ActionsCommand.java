package io.actionscheduler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The rows of the action table. */
@Command(
    name = "actions",
    header = "List and edit the rows of the action table.",
    description = {"A running scheduler notices these changes as it notices all others."},
    footer = {
      "  action-scheduler actions list",
      "  action-scheduler actions add --name report --command 'make report' --cron '30 3 * * *'",
      "  action-scheduler actions edit 7 --cron 90s --merge-missed true",
      "  action-scheduler actions export > actions.yaml"
    })
final class ActionsCommand extends CommandGroup {
  private ActionsCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new ActionsCommand())
        .addSubcommand(new ActionsListCommand(shell, globals))
        .addSubcommand(new ActionsShowCommand(shell, globals))
        .addSubcommand(new ActionsAddCommand(shell, globals))
        .addSubcommand(new ActionsEditCommand(shell, globals))
        .addSubcommand(new ActionsRemoveCommand(shell, globals))
        .addSubcommand(ActionsEnableCommand.enable(shell, globals))
        .addSubcommand(ActionsEnableCommand.disable(shell, globals))
        .addSubcommand(new ActionsImportCommand(shell, globals))
        .addSubcommand(new ActionsApplyCommand(shell, globals))
        .addSubcommand(new ActionsExportCommand(shell, globals));
  }
}
