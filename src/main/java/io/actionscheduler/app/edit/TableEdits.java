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
import io.actionscheduler.source.ByName;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.ImportedRow;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.source.RowListener;
import io.actionscheduler.text.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes rows of the table and records who did it. Where both are in one file, they are one
 * transaction. Otherwise the change is made first: after a crash in between, a change may lack its
 * record, but no record lacks its change.
 */
public final class TableEdits {
  private static final Logger LOG = LoggerFactory.getLogger(TableEdits.class);

  private final ActionTable table;
  private final ChangeStore store;
  private final InstantSource clock;
  private final Consumer<Change> told;

  /**
   * @param told receives each change that was made, recorded or not
   */
  public TableEdits(
      ActionTable table, ChangeStore store, InstantSource clock, Consumer<Change> told) {
    this.told = requireNonNull(told, "told is null");
    this.table = requireNonNull(table, "table is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * As {@link ActionTable#add}; gives the row as it stands in the table.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when the row cannot be used, or its id exists already; nothing is added then
   */
  public ActionRow add(ActionRow row, Editor by) throws SourceException, InvalidRow {
    Recorded recorded = new Recorded(by);
    table.with(recorded).add(row);
    recorded.committed();
    return recorded.after;
  }

  /**
   * As {@link ActionTable#addUnlessNamed}; gives the row as it stands in the table.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when the row cannot be used, or its id exists already; nothing is added then
   */
  public Optional<ActionRow> addUnlessNamed(ActionRow row, Editor by)
      throws SourceException, InvalidRow {
    Recorded recorded = new Recorded(by);
    boolean added = table.with(recorded).addUnlessNamed(row).isPresent();
    recorded.committed();
    return added ? Optional.of(recorded.after) : Optional.empty();
  }

  /**
   * As {@link ActionTable#edit(long, Predicate, Map)}.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when the changed row cannot be used; nothing is changed then
   */
  public Optional<Edited> edit(
      long id, Predicate<ActionRow> expected, Map<Column, Optional<String>> changes, Editor by)
      throws SourceException, InvalidRow {
    Recorded recorded = new Recorded(by);
    Optional<Edited> edited = table.with(recorded).edit(id, expected, changes);
    recorded.committed();
    return edited;
  }

  /**
   * As {@link ActionTable#remove(long, Predicate)}.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   */
  public Optional<Edited> remove(long id, Predicate<ActionRow> expected, Editor by)
      throws SourceException {
    Recorded recorded = new Recorded(by);
    Optional<Edited> removed = table.with(recorded).remove(id, expected);
    recorded.committed();
    return removed;
  }

  /** The record of a row that is written: in its transaction where it can be, else behind it. */
  private final class Recorded implements RowListener {
    private final Editor by;
    private ActionRow after; // null where the row was removed, or nothing was done
    private Change change; // null where nothing was done
    private boolean kept;

    Recorded(Editor by) {
      this.by = by;
    }

    @Override
    public void written(Optional<ActionRow> before, Optional<ActionRow> now) {
      Kind kind = before.isEmpty() ? Kind.CREATED : now.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
      after = now.orElse(null);
      change =
          change(
              id(before.or(() -> now).orElseThrow()),
              kind,
              by,
              before.map(TableEdits::json).orElse(""),
              now.map(TableEdits::json).orElse(""));
      if (store.isPartOfTransaction()) {
        try {
          store.addChanges(List.of(change));
          kept = true;
        } catch (StoreException e) {
          LOG.debug("the record of action {} is tried again: {}", change.action(), e.getMessage());
        }
      }
    }

    void committed() {
      if (kept) {
        told.accept(change);
      } else if (change != null) {
        keep(List.of(change));
      }
    }
  }

  /**
   * As {@link ActionTable#carryOut}.
   *
   * @throws SourceException when the table cannot be read or written, or a row has changed since it
   *     was planned with; nothing is changed then
   * @throws InvalidRow when a changed row cannot be used; nothing is changed then
   */
  public void carryOut(RowChanges changes, Editor by) throws SourceException, InvalidRow {
    List<ActionRow> added = table.carryOut(changes);
    List<Change> made = new ArrayList<>();
    for (ActionRow row : added) {
      made.add(change(id(row), Kind.CREATED, by, "", json(row)));
    }
    for (RowChanges.Changed row : changes.changed()) {
      made.add(change(id(row.before()), Kind.CHANGED, by, json(row.before()), json(row.after())));
    }
    for (ActionRow row : changes.removed()) {
      made.add(change(id(row), Kind.REMOVED, by, json(row), ""));
    }
    keep(made);
  }

  /**
   * As {@link ActionTable#importAll}; a row that was replaced by the same has no record.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is imported
   *     then
   * @throws InvalidRow when a row cannot be used, or {@code byName} does not take it; nothing is
   *     imported then
   */
  public ActionTable.Imported importAll(
      List<ActionRow> rows, ByName byName, Runnable step, Editor by)
      throws SourceException, InvalidRow {
    List<Change> made = new ArrayList<>();
    ActionTable.Imported imported =
        table.importAll(
            rows,
            byName,
            step,
            row -> changed(row).ifPresent(kind -> made.add(change(row, kind, by))));
    if (!made.isEmpty()) {
      keep(made);
    }
    return imported;
  }

  private static Optional<Kind> changed(ImportedRow row) {
    if (row.before().isEmpty()) {
      return Optional.of(Kind.CREATED);
    }
    Optional<String> at = row.after().get(Column.UPDATED_AT); // it is always another one
    return row.before().get().with(Column.UPDATED_AT, at).equals(row.after())
        ? Optional.empty()
        : Optional.of(Kind.CHANGED);
  }

  private Change change(ImportedRow row, Kind kind, Editor by) {
    String before = row.before().map(TableEdits::json).orElse("");
    return change(id(row.after()), kind, by, before, json(row.after()));
  }

  private static long id(ActionRow row) {
    return row.number(Column.ID).orElseThrow();
  }

  private static String json(ActionRow row) {
    return Json.write(ActionForm.of(row));
  }

  private Change change(long id, Kind kind, Editor by, String before, String after) {
    return new Change(
        0,
        ActionId.of(id),
        clock.instant(),
        kind,
        by.name(),
        by.via(),
        by.request(),
        before,
        after);
  }

  private void keep(List<Change> changes) {
    changes.forEach(told);
    try {
      store.addChanges(changes);
    } catch (StoreException e) { // the changes stand, whatever comes of their record
      Change first = changes.get(0);
      LOG.warn(
          "action {} was {} by {}{}, of which there is no record: {}",
          first.action(),
          first.kind(),
          first.editor(),
          changes.size() == 1 ? "" : ", and " + (changes.size() - 1) + " others",
          e.getMessage());
    }
  }
}
