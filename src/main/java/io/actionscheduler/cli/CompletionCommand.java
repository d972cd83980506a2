package io.actionscheduler.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script with which a shell completes commands and options. */
@Command(
    name = "completion",
    header = "Print a script with which bash or zsh completes commands and options.",
    description = "It completes the word action-scheduler: an alias, or a script of that name.",
    footer = {
      "  alias action-scheduler='java -jar /opt/action-scheduler.jar'",
      "  source <(action-scheduler completion)",
      "  action-scheduler completion > /etc/bash_completion.d/action-scheduler"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Shell shell;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash (the default) or zsh; one script serves both.")
  private ShellKind kind;

  /** The shells that the script runs in. */
  enum ShellKind {
    bash,
    zsh
  }

  CompletionCommand(Shell shell, Globals globals) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var all = new Cli(shell).commandLine(List.of(Subcommand.values()));
    shell.out().line(AutoComplete.bash("action-scheduler", all).stripTrailing());
    return Cli.FINE;
  }
}
