package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.util.List;

/**
 * What an upgrade of the action table did.
 *
 * @param created whether there was no table
 * @param added the columns that were missing
 * @param notifies whether the database now reports changes at once
 */
public record TableUpgrade(boolean created, List<Column> added, boolean notifies) {
  public TableUpgrade {
    added = List.copyOf(added);
  }

  /**
   * Creates the table where it is missing, and adds the columns that it lacks; their values are
   * NULL.
   *
   * @param database stays open
   */
  static TableUpgrade of(ActionDatabase database, boolean notify) throws SourceException {
    TableSql sql = database.sql();
    return database.write(
        handle -> {
          boolean created = sql.describe(handle).isMissing();
          if (created) {
            sql.create(handle);
          }
          TableColumns table = sql.describe(handle);
          if (!table.has(Column.ID)) {
            table.requireNeeded(database.label());
          }
          List<Column> lacking = table.lacking();
          lacking.forEach(column -> sql.add(handle, column));
          return new TableUpgrade(created, lacking, notify && sql.notifyChanges(handle));
        });
  }
}
