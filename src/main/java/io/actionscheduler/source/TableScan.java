package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Reads rows of the action table, inside a transaction of the caller.
 *
 * @param label of the database, for messages
 */
record TableScan(TableSql sql, String label) {
  private static final List<Column> ALL = Arrays.asList(Column.values());
  private static final int AT_ONCE = 1_000;

  /** Hands over all rows in ascending order of their ids; none without a table. */
  void each(Handle handle, Consumer<ActionRow> row) throws SQLException, SourceException {
    scan(handle, Optional.empty(), row);
  }

  Optional<ActionRow> find(Handle handle, long id) throws SQLException, SourceException {
    ActionRow[] found = new ActionRow[1];
    scan(handle, Optional.of(List.of(id)), row -> found[0] = row);
    return Optional.ofNullable(found[0]);
  }

  /** The rows with these ids, by id in ascending order; missing ones are left out. */
  Map<Long, ActionRow> of(Handle handle, List<Long> ids) throws SQLException, SourceException {
    Map<Long, ActionRow> rows = new TreeMap<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<Long> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      scan(
          handle,
          Optional.of(some),
          row -> row.number(Column.ID).ifPresent(id -> rows.put(id, row)));
    }
    return rows;
  }

  /**
   * Locks a row until the transaction ends, and makes sure that it has not changed.
   *
   * @throws SourceException a conflict, where it was changed or removed
   */
  void expect(Handle handle, ActionRow row, long id) throws SQLException, SourceException {
    sql.lockRow(handle, id);
    if (!find(handle, id).equals(Optional.of(row))) {
      throw SourceException.conflict(
          "%s: %s was changed by somebody else meanwhile; nothing was changed here; run this again"
              .formatted(label, row.label()));
    }
  }

  private void scan(Handle handle, Optional<List<Long>> ids, Consumer<ActionRow> row)
      throws SQLException, SourceException {
    TableColumns table = sql.describe(handle);
    if (table.isMissing()) {
      MissingTable.refuseOther(handle, sql, label);
    } else {
      table.requireNeeded(label);
      sql.scan(handle, table.only(ALL), ids, row);
    }
  }
}
