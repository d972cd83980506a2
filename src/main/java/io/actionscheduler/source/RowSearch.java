package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds rows of the action table page by page. Safe for use by many threads. */
public final class RowSearch {
  private final ActionDatabase database;

  RowSearch(ActionDatabase database) {
    this.database = requireNonNull(database, "database is null");
  }

  /**
   * The rows that {@code query} asks for, in its order; none without a table.
   *
   * @throws SourceException when the action table cannot be read
   */
  public List<ActionRow> page(RowQuery query) throws SourceException {
    return database.read(
        handle -> {
          TableColumns table = database.sql().describe(handle);
          return rows(
              handle,
              table,
              table.isMissing() ? List.of() : query.ids(handle, table, database.sql()));
        });
  }

  /**
   * The rows with these ids, in the order of the ids; missing ones are left out.
   *
   * @throws SourceException when the action table cannot be read
   */
  public List<ActionRow> of(List<Long> ids) throws SourceException {
    return database.read(handle -> rows(handle, database.sql().describe(handle), ids));
  }

  /**
   * The ids of the rows that {@code query} asks for, in its order.
   *
   * @throws SourceException when the action table cannot be read
   */
  public List<Long> ids(RowQuery query) throws SourceException {
    return database.read(
        handle -> {
          TableColumns table = database.sql().describe(handle);
          return table.isMissing() ? List.<Long>of() : query.ids(handle, table, database.sql());
        });
  }

  /**
   * Which of {@code ids} have rows that meet {@code conditions}, in ascending order.
   *
   * @throws SourceException when the action table cannot be read
   */
  public List<Long> among(List<Long> ids, RowQuery.Conditions conditions) throws SourceException {
    return among(ids, new RowQuery(conditions, RowQuery.Order.BY_ID, RowQuery.Bounds.NONE));
  }

  /**
   * Which of {@code ids} have rows that meet the conditions of {@code query}, in its order.
   *
   * @throws SourceException when the action table cannot be read
   */
  public List<Long> among(List<Long> ids, RowQuery query) throws SourceException {
    return database.read(
        handle -> {
          TableColumns table = database.sql().describe(handle);
          return table.isMissing()
              ? List.<Long>of()
              : query.among(handle, table, database.sql(), ids);
        });
  }

  private List<ActionRow> rows(Handle handle, TableColumns table, List<Long> ids)
      throws SQLException, SourceException {
    if (ids.isEmpty() || table.isMissing()) {
      return List.of();
    }
    table.requireNeeded(database.label());
    Map<Long, ActionRow> rows = new HashMap<>();
    database
        .sql()
        .scan(
            handle,
            table.only(List.of(Column.values())),
            Optional.of(ids),
            row -> Values.whole(row.raw(Column.ID)).ifPresent(id -> rows.put(id, row)));
    return ids.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  /**
   * How many rows match {@code query}, regardless of its bounds.
   *
   * @throws SourceException when the action table cannot be read
   */
  public long count(RowQuery query) throws SourceException {
    return database.read(
        handle -> {
          TableColumns table = database.sql().describe(handle);
          return table.isMissing() ? 0L : query.count(handle, table, database.sql());
        });
  }
}
