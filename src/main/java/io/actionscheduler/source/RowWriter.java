package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/** Writes checked rows inside one transaction. */
final class RowWriter {
  private static final int BATCH = 1_000;

  private final Handle handle;
  private final TableSql sql;
  private final TableColumns table;
  private final String label;
  private final List<Column> written; // all that are there and can be
  private UnaryOperator<String> jsonOfCron = CronText::asJson;

  /** For the table of {@code database}, which is created where it is missing. */
  static RowWriter of(Handle handle, ActionDatabase database) throws SQLException, SourceException {
    TableSql sql = database.sql();
    if (sql.describe(handle).isMissing()) {
      database.createTable(handle);
    }
    TableColumns table = sql.describe(handle);
    table.requireNeeded(database.label());
    table.requireIds(sql, database.label());
    return new RowWriter(handle, sql, table, database.label());
  }

  private RowWriter(Handle handle, TableSql sql, TableColumns table, String label) {
    this.handle = handle;
    // Each value of a row is bound, whether or not the statement at hand has a place for it.
    handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    this.sql = sql;
    this.table = table;
    this.label = label;
    this.written = table.writable();
  }

  boolean isEmpty() {
    return handle
            .createQuery("SELECT count(*) FROM (SELECT 1 FROM action LIMIT 1) AS one")
            .mapTo(Integer.class)
            .one()
        == 0;
  }

  /** Adds a row and gives its id. */
  long insert(ActionRow row) throws SourceException {
    requireColumns(row);
    boolean assigned = row.raw(Column.ID) == null && table.assignsIds();
    if (assigned) {
      sql.skipUsedIds(handle);
    }
    ActionRow numbered =
        assigned || row.raw(Column.ID) != null
            ? row
            : row.with(Column.ID, Optional.of(Long.toString(nextId())));
    return bind(handle.createQuery(insertSql(!assigned) + " RETURNING id"), numbered)
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() -> unchanged("added", row.label()));
  }

  /** Changes single values of a row. */
  void update(long id, Map<Column, Optional<String>> changes) throws SourceException {
    for (Map.Entry<Column, Optional<String>> change : changes.entrySet()) {
      if (change.getValue().isPresent()) { // a column that is not there is NULL already
        table.require(change.getKey(), label);
      }
    }
    List<Column> columns = written.stream().filter(changes::containsKey).toList();
    if (columns.isEmpty()) {
      return;
    }
    var statement = handle.createUpdate(updateSql(columns)).bind("id", id);
    for (Column column : columns) {
      bind(statement, column, changes.get(column).orElse(null));
    }
    if (statement.execute() == 0) {
      throw unchanged("changed", "action " + id);
    }
  }

  /** Removes a row that is there. */
  void delete(long id) throws SourceException {
    if (handle.createUpdate("DELETE FROM action WHERE id = :id").bind("id", id).execute() == 0) {
      throw unchanged("removed", "action " + id);
    }
  }

  /** Throws if the database did not change the row. */
  private SourceException unchanged(String what, String action) {
    return SourceException.misconfigured(
        label
            + ": "
            + action
            + " was not "
            + what
            + ": the database lets this user see the row and not write it, by row-level security or"
            + " a trigger; grant it to the user, or write as another one",
        null);
  }

  /**
   * The rows with the ids of those that they replace.
   *
   * @param ofNames finds the existing row that a row without an id means
   */
  List<ActionRow> identified(List<ActionRow> rows, RowNames ofNames)
      throws SourceException, InvalidRow {
    List<ActionRow> identified = new ArrayList<>(rows.size());
    for (ActionRow row : rows) {
      requireColumns(row);
      identified.add(row.raw(Column.ID) == null ? ofNames.identified(row, handle) : row);
    }
    return identified;
  }

  /**
   * Replaces the rows with the same ids and adds the others. Schedules are written unchanged: text
   * stays text.
   *
   * @param step called for each row that is written
   * @return the ids that rows without one got, in the order of these rows
   */
  List<Long> replaceOrInsert(List<ActionRow> rows, Runnable step) throws SourceException {
    jsonOfCron = CronText::asJsonString;
    List<ActionRow> numbered = rows.stream().filter(row -> row.raw(Column.ID) != null).toList();
    List<ActionRow> missing = new ArrayList<>();
    for (List<ActionRow> some : batches(numbered)) {
      List<ActionRow> left = replace(some);
      missing.addAll(left);
      some.stream().skip(left.size()).forEach(row -> step.run());
    }
    for (List<ActionRow> some : batches(missing)) {
      PreparedBatch batch = handle.prepareBatch(insertSql(true));
      some.forEach(row -> bind(batch, row).add());
      batch.execute();
      some.forEach(row -> step.run());
    }
    List<Long> added = new ArrayList<>();
    for (ActionRow row : rows) {
      if (row.raw(Column.ID) == null) {
        added.add(insert(row));
        step.run();
      }
    }
    return added;
  }

  private static List<List<ActionRow>> batches(List<ActionRow> rows) {
    List<List<ActionRow>> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += BATCH) {
      batches.add(rows.subList(from, Math.min(from + BATCH, rows.size())));
    }
    return batches;
  }

  /** The rows whose ids do not exist yet. */
  private List<ActionRow> replace(List<ActionRow> rows) throws SourceException {
    List<Column> columns =
        written.stream()
            .filter(column -> column != Column.ID && column != Column.CREATED_AT)
            .toList();
    PreparedBatch batch = handle.prepareBatch(updateSql(columns));
    rows.forEach(row -> bind(batch, row).add());
    int[] counts = batch.execute();
    List<ActionRow> missing = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        missing.add(rows.get(i));
      }
    }
    refuseThose(missing);
    return missing;
  }

  /** Rows that are there nevertheless were not written. */
  private void refuseThose(List<ActionRow> missing) throws SourceException {
    if (!missing.isEmpty()) {
      String ids =
          missing.stream()
              .map(row -> "" + Values.whole(row.raw(Column.ID)).getAsLong())
              .collect(Collectors.joining(", "));
      Optional<Long> there =
          handle
              .createQuery("SELECT min(id) FROM action WHERE id IN (" + ids + ")")
              .mapTo(Long.class)
              .findOne();
      if (there.isPresent()) {
        throw unchanged("changed", "action " + there.get());
      }
    }
  }

  private void requireColumns(ActionRow row) throws SourceException {
    for (Column column : row.values().keySet()) {
      table.require(column, label);
    }
  }

  /** For a table whose ids are counted by hand. */
  private long nextId() {
    sql.lockForIds(handle);
    return handle
        .createQuery("SELECT " + sql.greatestId() + " + 1 FROM action")
        .mapTo(Long.class)
        .one();
  }

  private String insertSql(boolean withId) {
    List<Column> columns =
        written.stream().filter(column -> withId || column != Column.ID).toList();
    return "INSERT INTO action ("
        + columns.stream().map(Column::sqlName).collect(Collectors.joining(", "))
        + ") "
        + sql.overriding()
        + "VALUES ("
        + columns.stream().map(this::insertedValue).collect(Collectors.joining(", "))
        + ")";
  }

  private String insertedValue(Column column) {
    String value = ":" + column;
    return column == Column.CREATED_AT
        ? "coalesce(" + value + ", " + sql.now(column, table) + ")"
        : column == Column.UPDATED_AT ? sql.now(column, table) : value;
  }

  private String updateSql(List<Column> columns) {
    List<String> sets = new ArrayList<>();
    for (Column column : columns) {
      if (column != Column.UPDATED_AT) {
        sets.add(column + " = :" + column);
      }
    }
    if (written.contains(Column.UPDATED_AT)) {
      sets.add(Column.UPDATED_AT + " = " + sql.now(Column.UPDATED_AT, table));
    }
    return "UPDATE action SET " + String.join(", ", sets) + " WHERE id = :id";
  }

  private <S extends SqlStatement<S>> S bind(S statement, ActionRow row) {
    for (Column column : written) {
      bind(statement, column, row.raw(column));
    }
    return statement;
  }

  private void bind(SqlStatement<?> statement, Column column, String value) {
    String text =
        column == Column.CRON && value != null && sql.holdsJson(column, table)
            ? jsonOfCron.apply(value)
            : value;
    statement.bind(column.sqlName(), sql.binding(column, text));
  }
}
