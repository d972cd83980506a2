package io.actionscheduler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and resets how far each action is settled. */
@Command(
    name = "progress",
    header = "Show or reset how far each action is settled.",
    footer = {
      "  action-scheduler progress show",
      "  action-scheduler progress reset 7",
      "  action-scheduler progress reset --all"
    })
final class ProgressCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private ProgressCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new ProgressCommand())
        .addSubcommand(new ProgressShowCommand(shell, globals))
        .addSubcommand(new ProgressResetCommand(shell, globals));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
