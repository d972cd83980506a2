package io.actionscheduler.cli;

import io.actionscheduler.http.ApiKeys;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Keys of the HTTP API. */
@Command(
    name = "key",
    header = "Make a key for the HTTP API.",
    footer = "  action-scheduler key new")
final class KeyCommand extends CommandGroup {
  private KeyCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new KeyCommand()).addSubcommand(new NewCommand(shell));
  }

  /** Makes a key. */
  @Command(
      name = "new",
      header = "Print a new key and its hash.",
      description = {
        "The first line is the key, for the client. The second line may stand in the settings as"
            + " the",
        "key (http.api_key, or key of http.api_keys): nobody can get the key back from it."
            + " Nothing is",
        "written anywhere."
      },
      footer = "  action-scheduler key new")
  static final class NewCommand implements Callable<Integer> {
    private final Shell shell;

    NewCommand(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      String key = ApiKeys.random();
      shell.out().line(key);
      shell.out().line(ApiKeys.hashed(key));
      return Cli.FINE;
    }
  }
}
