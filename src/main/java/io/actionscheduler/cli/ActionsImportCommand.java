package io.actionscheduler.cli;

import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.ByName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds and replaces rows from a file. */
@Command(
    name = "import",
    header = "Add actions from a file, and replace those with the same ids: all of it, or nothing.",
    description = {
      "The file is YAML in the form of sample_actions.yaml, or JSON. A row without an id is a new",
      "action; if the table has one of that name, nothing is imported, except with --upsert.",
      "With --from, the file is that of another program: its schedules become actions, with",
      "a proof of their fire times."
    },
    footer = {
      "  action-scheduler actions import sample_actions.yaml",
      "  action-scheduler actions export | action-scheduler --config other.yaml actions import -",
      "  crontab -l | action-scheduler actions import --from crontab -",
      "  action-scheduler actions import --from crontab --write /etc/crontab",
      "  action-scheduler actions import --from systemd /etc/systemd/system",
      "  action-scheduler actions import --from apscheduler jobs.sqlite --callback python",
      "  action-scheduler actions import --from quartz postgresql://app@db/shop --callback java"
    })
final class ActionsImportCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(
      paramLabel = "FILE",
      description = "A file, or a place of another program; - for standard input.")
  private String file;

  @Option(
      names = "--upsert",
      description = "A row without an id replaces the action of that name, if there is one.")
  private boolean upsert;

  @ArgGroup(exclusive = false)
  private MoveInOptions moveIn;

  ActionsImportCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (moveIn != null) {
      return new MoveInCommand(shell, globals, moveIn)
          .run(new MoveInPlace(file, shell.in(), shell.environment()));
    }
    List<ActionRow> rows = new ActionFile(shell, file).rows();
    try (Parts parts = globals.parts()) {
      ActionTable.Imported imported;
      long steps = 2L * rows.size(); // each row is checked, then written
      try (LongWork work = LongWork.begin(shell, "import", globals.showsProgress(), steps)) {
        imported =
            new CommandEdits(parts)
                .importAll(rows, upsert ? ByName.REPLACE : ByName.REFUSE, work::step);
      }
      shell.out().line(imported.added() + " added, " + imported.replaced() + " replaced");
      return Cli.FINE;
    }
  }
}
