package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One row that is added, inside the transaction of its caller.
 *
 * @param row checked
 * @param onlyNewName whether it is left out where a row has its name already
 */
record RowAddition(ActionRow row, boolean onlyNewName) {
  RowAddition {
    requireNonNull(row, "row is null");
  }

  /**
   * Adds it and gives its id; empty where its name is taken. Of several programs of this kind that
   * add one name at the same time, each waits here for the one before.
   *
   * @param within is told of it
   * @throws InvalidRow when its id exists already
   */
  Optional<Long> write(Handle handle, ActionDatabase database, TableScan scan, RowListener within)
      throws SQLException, SourceException, InvalidRow {
    RowWriter writer = RowWriter.of(handle, database); // tells why a table cannot be written
    if (onlyNewName && isNameTaken(handle, database.sql())) {
      return Optional.empty();
    }
    Optional<String> id = row.get(Column.ID);
    if (id.isPresent() && scan.find(handle, Values.whole(id.get()).getAsLong()).isPresent()) {
      String remedy = "another action has it; leave it out, or edit that action";
      throw InvalidRow.of(Column.ID, id.get(), remedy).in(row);
    }
    long number = writer.insert(row);
    within.written(Optional.empty(), scan.find(handle, number));
    return Optional.of(number);
  }

  private boolean isNameTaken(Handle handle, TableSql sql) {
    String name = row.get(Column.NAME).orElseThrow();
    sql.lockName(handle, name);
    return handle
        .select("SELECT 1 FROM action WHERE name = ?", name)
        .setMaxRows(1)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }
}
