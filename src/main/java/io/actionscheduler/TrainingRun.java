package io.actionscheduler;

import io.actionscheduler.cli.Cli;
import io.actionscheduler.cli.Shell;

/**
 * Runs commands and then starts the scheduler, in one process, so that the JVM loads the classes
 * that these need. {@code bin/action-scheduler} lets Java store them, which makes later starts
 * faster. It uses the settings and the database in the working folder, and adds actions there.
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

  /** Ends when the scheduler is stopped, with the exit code of the scheduler. */
  public static void main(String[] arguments) {
    Main.prepare();
    for (String[] command : COMMANDS) {
      new Cli(Shell.ofProcess()).execute(command);
    }
    System.exit(new Cli(Shell.ofProcess()).execute());
  }
}
