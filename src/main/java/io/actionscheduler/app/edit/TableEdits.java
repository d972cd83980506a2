package io.actionscheduler.app.edit;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Change.Kind;
import io.actionscheduler.fire.ChangeStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.ActionTable.Edited;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.text.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes rows of the table and keeps who did it. The change comes first: a crash in between leaves
 * a change that nobody is named for, never a record of what was not done.
 */
public final class TableEdits {
  private static final Logger LOG = LoggerFactory.getLogger(TableEdits.class);

  private final ActionTable table;
  private final ChangeStore store;
  private final InstantSource clock;
  private final Consumer<Change> told;

  /**
   * @param told hears of each change that was made, kept or not
   */
  public TableEdits(
      ActionTable table, ChangeStore store, InstantSource clock, Consumer<Change> told) {
    this.told = requireNonNull(told, "told is null");
    this.table = requireNonNull(table, "table is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** As {@link ActionTable#add}. */
  public long add(ActionRow row, Editor by) throws SourceException, InvalidRow {
    long id = table.add(row);
    ActionRow numbered = row.with(Column.ID, Optional.of(Long.toString(id)));
    keep(id, Kind.CREATED, by, "", json(numbered));
    return id;
  }

  /** As {@link ActionTable#edit(long, Predicate, Map)}. */
  public Optional<Edited> edit(
      long id, Predicate<ActionRow> expected, Map<Column, Optional<String>> changes, Editor by)
      throws SourceException, InvalidRow {
    Optional<Edited> edited = table.edit(id, expected, changes);
    edited
        .filter(Edited::isDone)
        .ifPresent(done -> keep(id, Kind.CHANGED, by, json(done.before()), json(done.after())));
    return edited;
  }

  /** As {@link ActionTable#remove(long, Predicate)}. */
  public Optional<Edited> remove(long id, Predicate<ActionRow> expected, Editor by)
      throws SourceException {
    Optional<Edited> removed = table.remove(id, expected);
    removed
        .filter(Edited::isDone)
        .ifPresent(done -> keep(id, Kind.REMOVED, by, json(done.before()), ""));
    return removed;
  }

  private static String json(ActionRow row) {
    return Json.write(ActionForm.of(row));
  }

  private void keep(long id, Kind kind, Editor by, String before, String after) {
    Change change =
        new Change(
            0,
            ActionId.of(id),
            clock.instant(),
            kind,
            by.name(),
            by.via(),
            by.request(),
            before,
            after);
    told.accept(change);
    try {
      store.addChanges(List.of(change));
    } catch (StoreException e) { // the change stands, whatever comes of its record
      LOG.warn(
          "action {} was {} by {}, of which there is no record: {}",
          id,
          kind,
          by.name(),
          e.getMessage());
    }
  }
}
