package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.TableProblem.Kind;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleWords;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks every row of the action table without firing any. */
public final class TableCheck {
  private final RowReader reader;
  private final Instant now;
  private final Optional<DialectDifferences> differences;
  private final Consumer<TableProblem> found;
  private long rows;
  private String idBefore = "";

  /**
   * @param differences finds rows that the Python program reads differently; empty: no such check
   * @param found receives each problem, in the order of the rows
   */
  public TableCheck(
      RowReader reader,
      Instant now,
      Optional<DialectDifferences> differences,
      Consumer<TableProblem> found) {
    this.reader = requireNonNull(reader, "reader is null");
    this.now = requireNonNull(now, "now is null");
    this.differences = requireNonNull(differences, "differences is null");
    this.found = requireNonNull(found, "found is null");
  }

  /**
   * Checks all rows; gives their number.
   *
   * @throws SourceException when the action table cannot be read
   */
  public long run(ActionTable table) throws SourceException {
    table.each(this::check);
    return rows;
  }

  private void check(ActionRow row) {
    rows++;
    String id = row.get(Column.ID).orElse("NULL");
    if (id.equals(idBefore)) {
      tell(Kind.REJECTED, row, "id " + Quoted.quote(id) + ": another row has it; allowed is one");
    }
    idBefore = id;
    try {
      Action action = reader.read(row);
      neverFires(action, row.get(Column.CRON).orElse(""), now)
          .ifPresent(problem -> tell(Kind.NEVER_FIRES, row, problem));
    } catch (InvalidRow e) {
      tell(Kind.REJECTED, row, e.getMessage());
    }
    differences
        .flatMap(dialects -> dialects.of(row))
        .ifPresent(difference -> tell(Kind.DIALECT, row, difference));
  }

  /**
   * That an action has no scheduled time to come, or empty when it has.
   *
   * @param written its schedule as the row has it, where people look for it
   */
  static Optional<String> neverFires(Action action, String written, Instant now) {
    Schedule schedule = action.timing().schedule();
    if (schedule.next(now).isPresent()) {
      return Optional.empty();
    }
    String cron = "cron " + Quoted.quote(written) + ": ";
    return Optional.of(
        schedule
            .previous(now)
            .map(
                last ->
                    cron
                        + "does not fire any more; its last time was "
                        + IsoTime.text(last, action.timing().zone()))
            .orElseGet(
                () ->
                    cron
                        + "never fires; "
                        + ScheduleWords.contradiction(action.timing())
                            .orElse("no date matches it")));
  }

  private void tell(Kind kind, ActionRow row, String problem) {
    found.accept(
        new TableProblem(kind, row.get(Column.ID).orElse("NULL"), row.label() + ": " + problem));
  }
}
