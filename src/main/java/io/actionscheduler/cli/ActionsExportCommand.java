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
import io.actionscheduler.source.rest.RestSettings;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private int written;
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
    notes.forEach((note, labels) -> shell.err().line(DisplayText.safe(told(note, labels))));
    for (RestSettings service : parts.settings().restSources()) {
      shell.err().line("actions of the REST service " + service.name() + " are not exported");
    }
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
    } else if (outcome instanceof Outcome.Written one) {
      written++;
      shell.out().text(to == Target.KUBERNETES ? "---\n" + one.text() : one.text());
      one.notes().forEach(note -> note(label, note));
      for (Difference change : one.changes()) {
        work.print(
            DisplayText.safe(
                label
                    + ": note: "
                    + change.count()
                    + " fires differ where clocks change, first at "
                    + change.examples().get(0).at()));
      }
    }
  }

  /** Each note is told once, with all of its actions. */
  private void note(String label, String note) {
    notes.computeIfAbsent(note, any -> new ArrayList<>()).add(label);
  }

  private String told(String note, List<String> labels) {
    return "note: "
        + note
        + ": "
        + (labels.size() == written && written > 1 ? "all actions" : String.join(", ", labels));
  }

  private void keep(String reason, LongWork work) {
    kept++;
    work.print(DisplayText.safe(reason + "; not exported"));
  }
}
