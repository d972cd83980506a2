package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes the rows of a file, and finds what they replaced. */
final class RowImport {
  private RowImport() {}

  /**
   * Adds the rows that have no id or a new one, and replaces the others, inside the transaction of
   * {@code handle}.
   *
   * @param rows checked
   * @param step called for each row that is written
   * @return all of them as they stand in the table now, in ascending order of their ids
   */
  static List<ImportedRow> of(
      Handle handle,
      ActionDatabase database,
      TableScan scan,
      List<ActionRow> rows,
      ByName byName,
      Runnable step)
      throws SQLException, SourceException, InvalidRow {
    RowWriter writer = RowWriter.of(handle, database);
    List<ActionRow> identified = writer.identified(rows, new RowNames(byName));
    List<Long> ids =
        identified.stream()
            .flatMapToLong(row -> row.number(Column.ID).stream())
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    Map<Long, ActionRow> before = scan.of(handle, ids);
    ids.addAll(writer.replaceOrInsert(identified, step));
    return scan.of(handle, ids).entrySet().stream()
        .map(row -> new ImportedRow(Optional.ofNullable(before.get(row.getKey())), row.getValue()))
        .toList();
  }
}
