package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a row. */
@Command(
    name = "add",
    header = "Add an action, and print its id.",
    footer = {
      "  action-scheduler actions add report 'make report' --cron '30 3 * * *'",
      "  action-scheduler actions add --name poll --command poll --cron 90s --callback kafka",
      "  action-scheduler actions add --name once --command go --cron 2026-12-31T23:59:59Z"
    })
final class ActionsAddCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Its name; the same as --name.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "Its command; the same as --command.")
  private String command;

  @Option(names = "--id", paramLabel = "ID", description = "Its id; without it, the next free one.")
  private Long id;

  @Option(
      names = "--dry-run",
      description =
          "Changes nothing; prints as a JSON object the next fire times that it would have.")
  private boolean dryRun;

  @Mixin private ColumnOptions options = new ColumnOptions();

  ActionsAddCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    Map<Column, String> values = new EnumMap<>(Column.class);
    values.putAll(options.given());
    put(Column.NAME, name, values);
    put(Column.COMMAND, command, values);
    if (id != null) {
      values.put(Column.ID, id.toString());
    }
    for (Column needed : new Column[] {Column.NAME, Column.COMMAND, Column.CRON}) {
      if (!values.containsKey(needed)) {
        throw new WrongUsage(
            "--" + needed.sqlName() + " is required; see actions add --help for examples");
      }
    }
    try (Parts parts = globals.parts()) {
      ActionRow row = ActionRow.of(values);
      if (dryRun) {
        DryRun.show(shell, parts, Optional.empty(), read(parts, row));
      } else {
        shell.out().line(Long.toString(new CommandEdits(parts).add(row)));
      }
      return Cli.FINE;
    }
  }

  private static void put(Column column, String argument, Map<Column, String> values)
      throws WrongUsage {
    if (argument != null && values.put(column, argument) != null) {
      throw new WrongUsage(
          "the " + column + " is given twice, as an argument and by --" + column + "; keep one");
    }
  }

  private static Action read(Parts parts, ActionRow row) throws InvalidRow {
    try {
      return parts.rowReader().readNew(row);
    } catch (InvalidRow e) {
      throw e.in(row);
    }
  }
}
