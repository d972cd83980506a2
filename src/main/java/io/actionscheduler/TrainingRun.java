package io.actionscheduler;

import io.actionscheduler.cli.Cli;
import io.actionscheduler.cli.Shell;

/**
 * Does what people wait for, one after the other in one process: commands, and then the start of
 * the scheduler. {@code bin/action-scheduler} has Java keep what this loads, for all starts to
 * come. It works on the settings and the database in the working folder, and adds actions there.
 */
public final class TrainingRun {
  private static final String[][] COMMANDS = {
    {"--version"},
    {"--help"},
    {"actions", "add", "--name", "first", "--command", "go", "--cron", "0 9 * * *"},
    {"actions", "add", "second", "go", "--cron", "90s", "--timezone", "Europe/Berlin"},
    {"actions", "list"},
    {"actions", "list", "--json"},
    {"actions", "show", "1"},
    {"next"},
    {"next", "*/5 8-18 * * mon-fri", "@daily", "--timezone", "Europe/Berlin", "--count", "3"},
    {"next", "{\"format\": \"apscheduler\", \"params\": {\"day\": \"last fri\"}}", "--json"},
    {"explain", "30 3 * * 1-5"},
    {"history"},
    {"validate"},
    {"no-such-command"}
  };

  private TrainingRun() {}

  /** Ends by itself when the scheduler is stopped; the exit code is the scheduler's. */
  public static void main(String[] arguments) {
    Main.prepare();
    for (String[] command : COMMANDS) {
      new Cli(Shell.ofProcess()).execute(command);
    }
    System.exit(new Cli(Shell.ofProcess()).execute());
  }
}
