package io.actionscheduler.app.edit;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.ChangeStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.ActionTable.Edited;
import io.actionscheduler.source.ByName;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowChanges;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that a person makes by commands. Records who made them, if a scheduler has ever run on
 * the internal store; otherwise there are no tables for these records.
 */
public final class CommandEdits {
  private final TableEdits edits;
  private final Editor by = Editor.ofCommand();

  /** Stores nothing. */
  private static final ChangeStore NOWHERE =
      new ChangeStore() {
        @Override
        public void addChanges(Collection<Change> changes) {
          // nobody asks for them
        }

        @Override
        public List<Change> changes(Optional<ActionId> action, long before, int most) {
          return List.of();
        }
      };

  /**
   * Edits of the table of {@code parts}.
   *
   * @throws SourceException when the settings name no action table, or it cannot be opened
   */
  public CommandEdits(Parts parts) throws SourceException {
    requireNonNull(parts, "parts is null");
    this.edits = new TableEdits(parts.table(), store(parts), parts.clock(), change -> {});
  }

  private static ChangeStore store(Parts parts) {
    boolean isThere =
        parts
            .settings()
            .internalDb()
            .filter(at -> at.file().map(Files::exists).orElse(!isInMemory(at)))
            .isPresent();
    return isThere ? new Opened(parts) : NOWHERE;
  }

  private static boolean isInMemory(DatabaseSettings at) {
    return at.dialect() == DatabaseSettings.Dialect.SQLITE;
  }

  /** The store of the settings, opened with the first change; what it refuses is left out. */
  private record Opened(Parts parts) implements ChangeStore {
    @Override
    public void addChanges(Collection<Change> changes) {
      try {
        parts.store().addChanges(changes);
      } catch (StoreException e) {
        // The store has no tables before the first start, and may be unavailable: the change is
        // valid.
      }
    }

    @Override
    public List<Change> changes(Optional<ActionId> action, long before, int most)
        throws StoreException {
      return parts.store().changes(action, before, most);
    }
  }

  /**
   * Adds a row and gives its id.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when the row cannot be used, or its id exists already; nothing is added then
   */
  public long add(ActionRow row) throws SourceException, InvalidRow {
    return edits.add(row, by).number(Column.ID).orElseThrow();
  }

  /**
   * Changes a row; gives it as it is now, or empty when there is none of that id.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when the changed row cannot be used; nothing is changed then
   */
  public Optional<ActionRow> edit(long id, Map<Column, Optional<String>> changes)
      throws SourceException, InvalidRow {
    return edits.edit(id, row -> true, changes, by).map(Edited::after);
  }

  /**
   * Carries out all of {@code changes}, or none of them.
   *
   * @throws SourceException when the table cannot be read or written, or a row has changed since it
   *     was planned with; nothing is changed then
   * @throws InvalidRow when a changed row cannot be used; nothing is changed then
   */
  public void carryOut(RowChanges changes) throws SourceException, InvalidRow {
    edits.carryOut(changes, by);
  }

  /**
   * As {@link ActionTable#importAll}.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when a row cannot be used; nothing is imported then
   */
  public ActionTable.Imported importAll(List<ActionRow> rows, ByName byName, Runnable step)
      throws SourceException, InvalidRow {
    return edits.importAll(rows, byName, step, by);
  }

  /**
   * Removes a row; false when there is none of that id.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   */
  public boolean remove(long id) throws SourceException {
    return edits.remove(id, row -> true, by).isPresent();
  }
}
