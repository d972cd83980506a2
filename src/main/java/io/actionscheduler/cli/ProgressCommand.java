package io.actionscheduler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Shows and resets how far each action is settled. */
@Command(
    name = "progress",
    header = "Show or reset how far each action is settled.",
    footer = {
      "  action-scheduler progress show",
      "  action-scheduler progress reset 7",
      "  action-scheduler progress reset --all"
    })
final class ProgressCommand extends CommandGroup {
  private ProgressCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new ProgressCommand())
        .addSubcommand(new ProgressShowCommand(shell, globals))
        .addSubcommand(new ProgressResetCommand(shell, globals));
  }
}
