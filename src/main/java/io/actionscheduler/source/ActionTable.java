package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lists and edits the rows of the action table. Every row is checked before it is written, as it
 * would be when read. Each call is one transaction: when it throws, nothing was changed. Any number
 * of threads may use it.
 */
public final class ActionTable {
  private final ActionDatabase database;
  private final TableSql sql;
  private final TableScan scan;
  private final RowReader reader;
  private final Optional<Consumer<List<Long>>> told;
  private final RowListener within; // the transaction of a row

  /** How many rows an import added, and how many of the same ids it replaced. */
  public record Imported(int added, int replaced) {}

  /**
   * The result of an edit.
   *
   * @param after as it stands now; the same as before where it was not changed
   * @param isDone false where the row was not as expected, and was left unchanged
   */
  public record Edited(ActionRow before, ActionRow after, boolean isDone) {}

  /**
   * @param database stays open
   * @param reader used by this object alone
   */
  public ActionTable(ActionDatabase database, RowReader reader) {
    this(database, reader, Optional.empty(), RowListener.NONE);
  }

  private ActionTable(
      ActionDatabase database,
      RowReader reader,
      Optional<Consumer<List<Long>>> told,
      RowListener within) {
    this.within = requireNonNull(within, "within is null");
    this.database = requireNonNull(database, "database is null");
    this.sql = database.sql();
    this.scan = new TableScan(sql, database.label());
    this.reader = requireNonNull(reader, "reader is null");
    this.told = told;
  }

  /**
   * The same table for a part of the running scheduler.
   *
   * @param told called after each write with the ids of the rows: the source reads them at once
   */
  public static ActionTable telling(
      ActionDatabase database, RowReader reader, Consumer<List<Long>> told) {
    return new ActionTable(database, reader, Optional.of(told), RowListener.NONE);
  }

  /** The same table; {@code inside} is told of each row in its transaction, on any thread. */
  public ActionTable with(RowListener inside) {
    return new ActionTable(database, reader, told, inside);
  }

  /**
   * Hands over all rows unchecked, in ascending order of their ids; none where there is no table.
   *
   * @throws SourceException when the table cannot be read
   */
  public void each(Consumer<ActionRow> row) throws SourceException {
    database.read(
        handle -> {
          scan.each(handle, row);
          return null;
        });
  }

  /** Finds some of its rows. */
  public RowSearch search() {
    return new RowSearch(database);
  }

  /**
   * The row with that id; empty when there is none.
   *
   * @throws SourceException when the action table cannot be read
   */
  public Optional<ActionRow> find(long id) throws SourceException {
    return database.read(handle -> scan.find(handle, id));
  }

  /**
   * Adds a row and gives its id.
   *
   * @param row without an id the next free one is taken
   * @throws SourceException when the table cannot be read or written
   * @throws InvalidRow when the row cannot be used, or its id exists already
   */
  public long add(ActionRow row) throws SourceException, InvalidRow {
    return add(new RowAddition(row, false)).orElseThrow();
  }

  /**
   * Adds a row and gives its id, unless a row has its name: empty then. Of several callers that add
   * one name at the same time, in other processes too, one adds it.
   *
   * @throws SourceException when the table cannot be read or written
   * @throws InvalidRow when the row cannot be used, or its id exists already
   */
  public Optional<Long> addUnlessNamed(ActionRow row) throws SourceException, InvalidRow {
    return add(new RowAddition(row, true));
  }

  private Optional<Long> add(RowAddition addition) throws SourceException, InvalidRow {
    check(addition.row());
    return this.<Optional<Long>, InvalidRow>write(
        new ActionDatabase.Told<>(List.of(), id -> id.stream().toList()),
        handle -> addition.write(handle, database, scan, within));
  }

  /**
   * Adds rows to a table that has none.
   *
   * @return how many: none when the table has rows
   * @throws SourceException when the table cannot be read or written
   * @throws InvalidRow when a row cannot be used
   */
  public int addIfEmpty(List<ActionRow> rows) throws SourceException, InvalidRow {
    check(rows);
    return database.write(
        handle -> {
          RowWriter writer = RowWriter.of(handle, database);
          sql.lockForIds(handle);
          if (!writer.isEmpty()) {
            return 0;
          }
          for (ActionRow row : rows) {
            writer.insert(row);
          }
          return rows.size();
        });
  }

  /**
   * Adds the rows that have no id or a new one; the others replace the rows with their ids
   * completely: a value that is left out becomes NULL.
   *
   * @param step called twice for each row: when it is checked, and when it is written
   * @param written receives each row that was written, once all of them are
   * @throws InvalidRow for a row that cannot be understood, or that {@code byName} does not take;
   *     nothing is imported then
   * @throws SourceException when the table cannot be read or written
   */
  public Imported importAll(
      List<ActionRow> rows, ByName byName, Runnable step, Consumer<ImportedRow> written)
      throws SourceException, InvalidRow {
    for (ActionRow row : rows) {
      check(row);
      step.run();
    }
    List<ImportedRow> all =
        database.<List<ImportedRow>, InvalidRow>write(
            handle -> RowImport.of(handle, database, scan, rows, byName, step));
    all.forEach(written);
    int replaced = (int) all.stream().filter(row -> row.before().isPresent()).count();
    return new Imported(all.size() - replaced, replaced);
  }

  /**
   * Changes single values of a row, empty for NULL, unless the row is not as expected: a change
   * that others made in the meantime is not overwritten.
   *
   * @param expected whether the row is still the one that the changes were made for
   * @return what became of it, or empty when there is none of that id
   * @throws SourceException when the table cannot be read or written
   * @throws InvalidRow when the changed row cannot be used
   * @throws IllegalArgumentException when the id is to be changed
   */
  public Optional<Edited> edit(
      long id, Predicate<ActionRow> expected, Map<Column, Optional<String>> changes)
      throws SourceException, InvalidRow {
    if (changes.containsKey(Column.ID)) {
      throw new IllegalArgumentException("the id of an action stays");
    }
    return this.<Optional<Edited>, InvalidRow>write(
        told(id),
        handle -> {
          RowWriter writer = RowWriter.of(handle, database);
          sql.lockRow(handle, id);
          Optional<ActionRow> before = scan.find(handle, id);
          if (before.isEmpty() || !expected.test(before.get())) {
            return before.map(row -> new Edited(row, row, false));
          }
          ActionRow after = before.get();
          for (Map.Entry<Column, Optional<String>> change : changes.entrySet()) {
            after = after.with(change.getKey(), change.getValue());
          }
          check(after);
          writer.update(id, changes);
          ActionRow now = scan.find(handle, id).orElseThrow();
          within.written(before, Optional.of(now));
          return Optional.of(new Edited(before.get(), now, true));
        });
  }

  /**
   * Carries out all of {@code changes}, or none of them.
   *
   * @return the added rows, with the ids that they got
   * @throws SourceException where a row is another one than was planned with; nothing is done then
   * @throws InvalidRow when a changed row cannot be used
   */
  public List<ActionRow> carryOut(RowChanges changes) throws SourceException, InvalidRow {
    check(changes.written());
    return database.<List<ActionRow>, InvalidRow>write(
        handle ->
            changes.write(
                RowWriter.of(handle, database), (row, id) -> scan.expect(handle, row, id)));
  }

  /**
   * Removes a row, unless it is not as expected.
   *
   * @return what became of it, or empty when there is none of that id
   * @throws SourceException when the table cannot be read or written
   */
  public Optional<Edited> remove(long id, Predicate<ActionRow> expected) throws SourceException {
    return write(
        told(id),
        handle -> {
          RowWriter writer = RowWriter.of(handle, database);
          sql.lockRow(handle, id);
          Optional<ActionRow> before = scan.find(handle, id);
          boolean wanted = before.filter(expected).isPresent();
          if (wanted) {
            writer.delete(id);
            within.written(before, Optional.empty());
          }
          return before.map(row -> new Edited(row, row, wanted));
        });
  }

  /**
   * Creates the table where it is missing, and adds the columns that it lacks.
   *
   * @param notify whether the database is to report changes at once, where it can
   * @throws SourceException when the database is unavailable, or the table lacks a column that
   *     cannot be added
   */
  public TableUpgrade upgrade(boolean notify) throws SourceException {
    return TableUpgrade.of(database, notify);
  }

  /**
   * Makes an index of the shards of the rows, unless there is one; writes wait meanwhile.
   *
   * @param shard of a row, as SQL
   * @return false where the database has no such index
   * @throws SourceException when it cannot be made
   */
  public boolean indexShards(String shard) throws SourceException {
    return database.indexShards(shard);
  }

  private static <T> ActionDatabase.Told<T> told(long id) {
    return new ActionDatabase.Told<>(List.of(id), result -> List.of(id));
  }

  private <T, X extends Exception> T write(
      ActionDatabase.Told<T> rows, ActionDatabase.Work<T, X> work) throws SourceException, X {
    if (told.isEmpty()) {
      return database.write(work);
    }
    T result = database.writeTold(rows, work);
    told.get().accept(rows.written().apply(result));
    return result;
  }

  private void check(List<ActionRow> rows) throws InvalidRow {
    for (ActionRow row : rows) {
      check(row);
    }
  }

  private void check(ActionRow row) throws InvalidRow {
    synchronized (reader) {
      reader.check(row);
    }
  }
}
