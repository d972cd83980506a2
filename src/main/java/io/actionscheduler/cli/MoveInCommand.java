package io.actionscheduler.cli;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.moving.MoveIn;
import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.moving.SettingsEdit;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.config.Settings;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.text.CronReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves in from another program: shows rows, settings and proof; writes them with --write. */
final class MoveInCommand {
  private final Shell shell;
  private final Globals globals;
  private final MoveInOptions options;

  MoveInCommand(Shell shell, Globals globals, MoveInOptions options) {
    this.shell = shell;
    this.globals = globals;
    this.options = options;
  }

  /**
   * Runs the import.
   *
   * @return the exit code
   */
  int run(MoveInPlace place) throws Exception {
    Optional<Settings> settings =
        options.write ? Optional.of(globals.settings()) : globals.settingsIfAny();
    CronReader crons =
        settings.map(CronReaders::of).orElseGet(() -> CronReaders.of(UnixDialect.CRONTAB));
    ZoneId otherwise = settings.map(Settings::timezone).orElseGet(ZoneId::systemDefault);
    ZoneId zone = zone(otherwise);
    Instant now = shell.clock().instant().truncatedTo(ChronoUnit.MINUTES);
    Move found = options.read(place, crons, zone, now);
    if (found.actions().isEmpty() && found.leftOut().isEmpty()) {
      shell
          .err()
          .line(
              place.name()
                  + ": has no "
                  + options.from.entries
                  + ", as --from "
                  + options.from
                  + " reads them; nothing was written");
      return Cli.FAILED;
    }
    if (options.timezone != null) {
      found = inZone(found, zone);
    }
    Proven proven;
    try (LongWork work =
        LongWork.begin(
            shell, "proof", globals.showsProgress() && !options.json, found.actions().size())) {
      proven = Proven.of(found, crons, zone, now, work::step);
    }
    Move move = proven.move();
    if (options.write && move.isWhole()) {
      List<RowChanges.Changed> replaced = new ArrayList<>();
      String done = write(new MoveIn(move), settings.orElseThrow(), replaced);
      if (options.json) {
        shell.out().line(MoveText.json(proven, replaced, done));
      } else {
        MoveText.replaced(replaced, shell.out());
        MoveText.leftOut(move, shell.err());
        shell.out().line(done);
      }
      return Cli.FINE;
    }
    List<RowChanges.Changed> replaced = replaced(new MoveIn(move), settings);
    if (options.json) {
      shell.out().line(MoveText.json(proven, replaced, ""));
    } else {
      MoveText.print(proven, settings(new MoveIn(move), settings), shell.out());
      MoveText.replaced(replaced, shell.out());
    }
    shell.out().flush();
    return summary(place.name(), move);
  }

  private int summary(String file, Move move) {
    String found =
        file
            + ": "
            + move.actions().size()
            + (move.actions().size() == 1 ? " action, " : " actions, ")
            + move.leftOut().size()
            + " not taken over";
    if (!move.isWhole()) {
      shell
          .err()
          .line(
              found
                  + "; nothing is written until all lines are understood: correct or remove these");
      return Cli.FAILED;
    }
    shell.err().line(found + "; nothing was written; add --write to write it");
    return Cli.FINE;
  }

  /** The actions that would be replaced and changed, where there is a table to look at. */
  private List<RowChanges.Changed> replaced(MoveIn in, Optional<Settings> settings)
      throws InvalidRow {
    if (settings.isEmpty() || settings.get().actionsDb().isEmpty()) {
      return List.of();
    }
    try (Parts parts = globals.parts(settings.get())) {
      return changes(in.plan(parts.table()));
    } catch (SourceException e) {
      shell
          .err()
          .line(
              DisplayText.safe("which actions would be replaced is not known: " + e.getMessage()));
      return List.of();
    }
  }

  private static List<RowChanges.Changed> changes(List<MoveIn.Planned> planned) {
    return planned.stream().flatMap(one -> one.change().stream()).toList();
  }

  private String write(MoveIn in, Settings settings, List<RowChanges.Changed> replaced)
      throws Exception {
    Optional<SettingsEdit> edit = in.edit(settings.callbacks().keySet(), globals.configFile());
    if (edit.isEmpty()) {
      return writeRows(in, replaced);
    }
    Optional<Path> backup = edit.get().apply(); // first: rows name only callbacks that are there
    boolean isDone = false;
    try {
      String rows = writeRows(in, replaced);
      isDone = true;
      return globals.configFile()
          + ": callbacks added"
          + backup.map(path -> " (before: " + path.getFileName() + ")").orElse("")
          + "; "
          + rows;
    } finally {
      if (!isDone) { // all or nothing
        edit.get().undo(backup);
      }
    }
  }

  private String writeRows(MoveIn in, List<RowChanges.Changed> replaced) throws Exception {
    try (Parts parts = globals.parts()) {
      replaced.addAll(changes(in.plan(parts.table())));
      ActionTable.Imported imported = in.write(parts);
      return imported.added() + " added, " + imported.replaced() + " replaced";
    }
  }

  /** Prints the settings that are needed: as a change of the existing file, or as lines. */
  private String settings(MoveIn in, Optional<Settings> settings) throws IOException {
    if (settings.isPresent()) {
      try {
        return in.edit(settings.get().callbacks().keySet(), globals.configFile())
            .map(SettingsEdit::diff)
            .orElse("");
      } catch (InvalidInput e) {
        return in.settings(); // these lines have to be added by hand, as --write says
      }
    }
    return in.settings();
  }

  private ZoneId zone(ZoneId otherwise) throws WrongUsage {
    if (options.timezone == null) {
      return otherwise;
    }
    try {
      return ZoneText.read("--timezone", options.timezone);
    } catch (InvalidSchedule e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  /** Adds the zone of the option to rows that name none. */
  private static Move inZone(Move move, ZoneId zone) {
    return new Move(
        move.actions().stream()
            .map(
                moved -> {
                  Map<String, Object> row = new LinkedHashMap<>(moved.row());
                  row.putIfAbsent("timezone", zone.getId());
                  return new Moved(moved.place(), row, moved.elsewhere(), moved.notes());
                })
            .toList(),
        move.leftOut(),
        move.callbacks());
  }
}
