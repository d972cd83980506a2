package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes values of a row. */
@Command(
    name = "edit",
    header = "Change single values of an action; the others stay.",
    footer = {
      "  action-scheduler actions edit 7 --cron '*/5 * * * *' --timezone Europe/Berlin",
      "  action-scheduler actions edit 7 --unset merge_missed --unset timezone"
    })
final class ActionsEditCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action.")
  private String id;

  @Mixin private ColumnOptions options = new ColumnOptions();

  @Option(
      names = "--unset",
      paramLabel = "COLUMN",
      description = "Makes this column NULL, so that the default holds. May be repeated.")
  private List<String> unset = List.of();

  @Option(
      names = "--dry-run",
      description =
          "Changes nothing; prints as a JSON object the next fire times before and after.")
  private boolean dryRun;

  ActionsEditCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    Map<Column, Optional<String>> changes = new EnumMap<>(Column.class);
    options.given().forEach((column, value) -> changes.put(column, Optional.of(value)));
    for (String name : unset) {
      changes.put(column(name), Optional.empty());
    }
    if (changes.isEmpty()) {
      throw new WrongUsage("nothing to change is named; see actions edit --help");
    }
    try (Parts parts = globals.parts()) {
      long number = ActionIds.ofTable(id);
      if (dryRun) {
        return dryRun(parts, number, changes);
      }
      var row =
          new CommandEdits(parts)
              .edit(number, changes)
              .orElseThrow(() -> new NoSuchAction(ActionId.of(number)));
      shell.out().line("changed " + DisplayText.safe(row.label()));
      return Cli.FINE;
    }
  }

  private int dryRun(Parts parts, long number, Map<Column, Optional<String>> changes)
      throws Exception {
    ActionRow row =
        parts.table().find(number).orElseThrow(() -> new NoSuchAction(ActionId.of(number)));
    ActionRow changed = row;
    for (Map.Entry<Column, Optional<String>> change : changes.entrySet()) {
      changed = changed.with(change.getKey(), change.getValue());
    }
    RowReader reader = parts.rowReader();
    Optional<Action> before =
        ActionView.of(row, reader, parts.calendars(), shell.clock().instant()).action();
    try {
      DryRun.show(shell, parts, before, reader.read(changed));
    } catch (InvalidRow e) {
      throw e.in(changed);
    }
    return Cli.FINE;
  }

  private static Column column(String name) throws WrongUsage {
    Optional<Column> column = Column.named(name.replace('-', '_'));
    if (column.isEmpty() || column.get() == Column.ID) {
      throw new WrongUsage("--unset " + name + ": no such column, or one that stays");
    }
    return column.get();
  }
}
