package io.actionscheduler.cli;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.moving.MoveOut;
import io.actionscheduler.app.moving.MoveOut.Outcome;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.out.Target;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes all rows so that they can be imported, here or by another program. */
@Command(
    name = "export",
    header = "Write all actions in the form that import takes, or for another program.",
    description = {
      "With --to, only actions are written that the other program fires at the same times,",
      "proved over the next two years. Every other action is named with the reason, and the",
      "exit code is 1."
    },
    footer = {
      "  action-scheduler actions export > actions.yaml",
      "  action-scheduler actions export --json > actions.json",
      "  action-scheduler actions export --to crontab > crontab.txt",
      "  action-scheduler actions export --to kubernetes > cronjobs.yaml"
    })
final class ActionsExportCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;
  private int kept;

  @Option(names = "--json", description = "A JSON list instead of YAML.")
  private boolean json;

  @Option(
      names = "--to",
      paramLabel = "KIND",
      description = "In the form of another program: ${COMPLETION-CANDIDATES}.")
  private Target to;

  ActionsExportCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (to != null && json) {
      throw new WrongUsage("--json and --to: choose one of them");
    }
    try (Parts parts = globals.parts()) {
      ActionList actions = new ActionList(parts, shell.err()::line);
      if (to != null) {
        return export(parts, actions);
      }
      if (json) {
        JsonList list = new JsonList(shell.out());
        actions.eachOfTable(view -> list.add(ActionForm.of(view.row())));
        list.end();
      } else {
        YamlList list = new YamlList(shell.out());
        actions.eachOfTable(view -> list.add(ActionForm.of(view.row())));
        list.end();
      }
      return Cli.FINE;
    }
  }

  private int export(Parts parts, ActionList actions) throws SourceException {
    MoveOut out =
        new MoveOut(
            to, ZoneId.systemDefault(), shell.clock().instant().truncatedTo(ChronoUnit.MINUTES));
    List<ActionView> views = new ArrayList<>();
    actions.eachOfTable(views::add);
    boolean isShown = globals.showsProgress() && shell.width().get().isEmpty();
    try (LongWork work = LongWork.begin(shell, "export", isShown, views.size())) {
      for (ActionView view : views) {
        export(out, view, work);
        work.step();
      }
    }
    shell.out().flush();
    return kept == 0 ? Cli.FINE : Cli.FAILED;
  }

  private void export(MoveOut out, ActionView view, LongWork work) {
    if (view.action().isEmpty()) {
      keep(view.problem(), work);
      return;
    }
    String label = view.action().get().label();
    Outcome outcome = out.of(view.action().get());
    if (outcome instanceof Outcome.Kept reason) {
      keep(label + ": " + reason.reason(), work);
    } else if (outcome instanceof Outcome.Written written) {
      shell.out().text(to == Target.KUBERNETES ? "---\n" + written.text() : written.text());
      written.notes().forEach(note -> work.print(label + ": note: " + note));
      for (Difference change : written.changes()) {
        work.print(
            label
                + ": note: "
                + change.count()
                + " fires differ where clocks change, first at "
                + change.examples().get(0).at());
      }
    }
  }

  private void keep(String reason, LongWork work) {
    kept++;
    work.print(reason + "; not exported");
  }
}
