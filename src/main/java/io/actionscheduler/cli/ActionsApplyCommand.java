package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.schedule.ScheduleWords;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.OwnerPlan;
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the actions of one owner equal to those of a file. */
@Command(
    name = "apply",
    header = "Make the actions of one owner equal to those of a file: add, change and remove.",
    description = {
      "Shows the plan; --write carries it out, all of it or nothing. Actions are found by",
      "their names; those of other owners are not changed. Columns that the file leaves out",
      "get their defaults, except \"enabled\", which stays as it is: a paused action is not",
      "resumed."
    },
    footer = {
      "  action-scheduler actions apply billing.yaml --owner billing",
      "  action-scheduler actions apply billing.yaml --owner billing --write",
      "  action-scheduler actions apply - --owner billing --adopt --write < billing.yaml"
    })
final class ActionsApplyCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(
      paramLabel = "FILE",
      description = "YAML in the form of sample_actions.yaml, or JSON; - for standard input.")
  private String file;

  @Option(
      names = "--owner",
      required = true,
      paramLabel = "OWNER",
      description = "The owner of the actions in the file: the value of owner_id.")
  private String owner;

  @Option(names = "--write", description = "Carry out the plan.")
  private boolean write;

  @Option(
      names = "--adopt",
      description = "Take over actions of the same names that have no owner.")
  private boolean adopt;

  @Option(names = "--json", description = "The plan as JSON, for programs.")
  private boolean json;

  ActionsApplyCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (owner.isBlank()) {
      throw new WrongUsage("--owner is empty; name the owner of the actions");
    }
    List<ActionRow> rows = new ActionFile(shell, file).rows();
    if (rows.isEmpty()) {
      throw new WrongUsage(
          file + ": has no actions; to remove all of an owner, use \"actions remove\"");
    }
    try (Parts parts = globals.parts()) {
      OwnerPlan plan = new OwnerPlan(owner, rows, adopt);
      RowChanges changes = plan.of(parts.table()::each);
      check(changes, parts.rowReader());
      if (json) {
        shell.out().line(Json.write(form(changes, plan.unchanged())));
      } else {
        show(changes, plan.unchanged(), parts);
      }
      if (changes.isEmpty()) {
        return Cli.FINE;
      }
      if (write) {
        new CommandEdits(parts).carryOut(changes);
        shell.err().line("done");
      } else {
        shell.err().line("nothing was changed; add --write to carry this out");
      }
      return Cli.FINE;
    }
  }

  private static void check(RowChanges changes, RowReader reader) throws InvalidRow {
    List<InvalidRow> faults = new ArrayList<>();
    Stream.concat(
            changes.added().stream(), changes.changed().stream().map(RowChanges.Changed::after))
        .forEach(row -> check(row, reader, faults));
    if (!faults.isEmpty()) {
      throw InvalidRow.all(faults);
    }
  }

  private static void check(ActionRow row, RowReader reader, List<InvalidRow> faults) {
    try {
      read(row, reader);
    } catch (InvalidRow e) {
      faults.add(e);
    }
  }

  private static Action read(ActionRow row, RowReader reader) throws InvalidRow {
    try {
      return row.get(Column.ID).isPresent() ? reader.read(row) : reader.readNew(row);
    } catch (InvalidRow e) {
      throw e.in(row);
    }
  }

  private void show(RowChanges changes, int unchanged, Parts parts)
      throws InvalidRow, SourceException {
    RowReader reader = parts.rowReader();
    CalendarsInForce calendars = parts.calendars();
    shell
        .out()
        .line(
            "owner %s: %d to add, %d to change, %d to remove, %d unchanged"
                .formatted(
                    Quoted.quote(owner),
                    changes.added().size(),
                    changes.changed().size(),
                    changes.removed().size(),
                    unchanged));
    for (ActionRow row : changes.added()) {
      shell.out().line("+ " + row.label() + ": " + next(row, reader, calendars));
    }
    for (RowChanges.Changed row : changes.changed()) {
      String values = RowChangeText.of(row);
      shell
          .out()
          .line(
              "~ "
                  + row.before().label()
                  + ": "
                  + values
                  + "; "
                  + next(row.after(), reader, calendars));
    }
    for (ActionRow row : changes.removed()) {
      shell.out().line("- " + row.label());
    }
  }

  private String next(ActionRow row, RowReader reader, CalendarsInForce calendars)
      throws InvalidRow {
    Action action = calendars.kept(read(row, reader), shell.clock().instant());
    if (!action.policy().enabled()) {
      return "disabled";
    }
    return action
        .timing()
        .schedule()
        .next(shell.clock().instant())
        .map(at -> "next " + IsoTime.text(at, action.timing().zone()))
        .orElseGet(
            () ->
                "never fires"
                    + ScheduleWords.contradiction(action.timing())
                        .map(why -> ": " + why)
                        .orElse(""));
  }

  private static Map<String, Object> form(RowChanges changes, int unchanged) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("added", changes.added().stream().map(ActionForm::of).toList());
    form.put("changed", changes.changed().stream().map(ActionsApplyCommand::form).toList());
    form.put("removed", changes.removed().stream().map(ActionForm::of).toList());
    form.put("unchanged", (long) unchanged);
    return form;
  }

  private static Map<String, Object> form(RowChanges.Changed row) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("before", ActionForm.of(row.before()));
    form.put("after", ActionForm.of(row.after()));
    return form;
  }
}
