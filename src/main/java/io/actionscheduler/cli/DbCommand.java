package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.TableUpgrade;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The database of the actions. */
@Command(
    name = "db",
    header = "Create or extend the action table.",
    footer = {"  action-scheduler db upgrade", "  action-scheduler db upgrade --notify"})
final class DbCommand extends CommandGroup {
  private DbCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new DbCommand()).addSubcommand(new Upgrade(shell, globals));
  }

  /** Adds the columns that the table lacks. */
  @Command(
      name = "upgrade",
      header = "Create the action table where it is missing, and add the columns that it lacks.",
      description = {
        "The columns are nullable and have no default, so that other programs are not affected."
      },
      footer = {
        "  action-scheduler db upgrade",
        "  action-scheduler db upgrade --notify",
        "  action-scheduler db upgrade --cluster"
      })
  static final class Upgrade implements Callable<Integer> {
    private final Shell shell;
    private final Globals globals;

    @Option(
        names = "--notify",
        description = {
          "On PostgreSQL, adds a trigger that reports each change at once, so that the scheduler",
          "does not wait for its next read of the table."
        })
    private boolean notify;

    @Option(
        names = "--cluster",
        description = {
          "On PostgreSQL, adds an index of the shards, with which the processes of a cluster can",
          "read only the rows of their own shards. Writes to the table wait until it is made."
        })
    private boolean cluster;

    Upgrade(Shell shell, Globals globals) {
      this.shell = shell;
      this.globals = globals;
    }

    @Override
    public Integer call() throws Exception {
      try (Parts parts = globals.parts()) {
        TableUpgrade upgraded = parts.table().upgrade(notify);
        String added =
            upgraded.added().stream().map(Column::sqlName).collect(Collectors.joining(", "));
        shell
            .out()
            .line(
                upgraded.created()
                    ? "created the table action"
                    : added.isEmpty() ? "the table has every column" : "added " + added);
        if (notify) {
          shell
              .out()
              .line(
                  upgraded.notifies()
                      ? "the database reports changes at once"
                      : "this database cannot report changes; the scheduler reads the table"
                          + " every track_changes_period");
        }
        if (cluster) {
          shell
              .out()
              .line(
                  parts.table().indexShards(Shards.standard().sql("id"))
                      ? "the table has an index of the shards"
                      : "no index of the shards was added: a cluster needs PostgreSQL");
        }
        return Cli.FINE;
      }
    }
  }
}
