package io.actionscheduler.source;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * What is said differently to the kinds of databases; every statement runs in the caller's
 * transaction.
 */
interface TableSql {

  /** The table as it is now. */
  TableColumns describe(Handle handle) throws SQLException;

  /**
   * Where a table of this name is that plain "action" does not mean, and what to do to have it: a
   * part of a message. Empty where there is none.
   */
  Optional<String> otherPlace(Handle handle);

  /** Creates the table, with all columns. */
  void create(Handle handle);

  /** Adds a column without a default, so that no row changes. */
  void add(Handle handle, Column column);

  /**
   * Hands over rows with the values of these columns, {@code id} first among them, in ascending
   * order of their ids.
   *
   * @param ids the only rows wanted, at least one; empty for all
   */
  void scan(Handle handle, TableColumns columns, Optional<List<Long>> ids, Consumer<ActionRow> row)
      throws SQLException;

  /** The condition that takes the rows of {@code ids}, which are numbers and need no binding. */
  static String among(List<Long> ids) {
    return ids.stream()
        .map(id -> Long.toString(id))
        .collect(Collectors.joining(", ", " WHERE id IN (", ")"));
  }

  /**
   * Why an id that is written to this table would not be read as one; empty where it would.
   *
   * @param table with a column for ids
   */
  Optional<String> badIds(TableColumns table);

  /** SQL for the greatest id that is a whole number, 0 without one. */
  String greatestId();

  /** SQL for the present moment as a value that can be assigned to {@code column}. */
  String now(Column column, TableColumns table);

  /** Whether plain text would not be a value of {@code column}, which takes JSON alone. */
  boolean holdsJson(Column column, TableColumns table);

  /**
   * Binds a value of {@code column}, which may be null, so that the database assigns it: one that
   * does not fit is refused, where a cast would cut it.
   */
  Argument binding(Column column, String value);

  /** What an insert that brings its own ids has to say before {@code VALUES}. */
  String overriding();

  /** Keeps others from changing a row until the transaction ends. */
  void lockRow(Handle handle, long id);

  /** Keeps others from inserting until the transaction ends, where ids are counted by hand. */
  void lockForIds(Handle handle);

  /** Lets the ids that the database assigns go on behind those that are there. */
  void skipUsedIds(Handle handle);

  /** Has the database tell each change at once; false where it has no such means. */
  boolean notifyChanges(Handle handle);
}
