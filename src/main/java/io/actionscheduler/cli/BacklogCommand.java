package io.actionscheduler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Missed fires that wait for an operator. */
@Command(
    name = "backlog",
    header = "Show missed fires that wait for a decision, and decide.",
    description = {
      "With the setting hold_backlog, fires that a start finds missed wait that long for",
      "somebody to deliver, merge or drop them. Without a decision they then continue by the",
      "rule of their row."
    },
    footer = {
      "  action-scheduler backlog list",
      "  action-scheduler backlog decide merge 7 8",
      "  action-scheduler backlog decide drop --all"
    })
final class BacklogCommand extends CommandGroup {
  private BacklogCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new BacklogCommand())
        .addSubcommand(new BacklogListCommand(shell, globals))
        .addSubcommand(new BacklogDecideCommand(shell, globals));
  }
}
