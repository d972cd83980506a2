package io.actionscheduler.source;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** The SQL that differs between the databases. Every statement runs in the caller's transaction. */
interface TableSql {

  /**
   * The table as it is now.
   *
   * @throws SQLException when the database cannot be read
   */
  TableColumns describe(Handle handle) throws SQLException;

  /**
   * The place of another table named "action" that the plain name does not find, and how to use it,
   * as a part of a message. Empty where there is none.
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
   * @param ids of the wanted rows, at least one; empty for all rows
   * @throws SQLException when the table cannot be read; some rows may be handed over by then
   */
  void scan(Handle handle, TableColumns columns, Optional<List<Long>> ids, Consumer<ActionRow> row)
      throws SQLException;

  /** The condition for the rows whose ids are in {@code :ids}, a JSON array of numbers. */
  String isAmong();

  /**
   * The condition for a column that is like {@code :text}, a pattern in lower case with {@code !}
   * as its escape: in any case of ASCII letters.
   */
  String isLike(String column);

  /** The condition for the rows of {@code ids}, which are numbers and need no binding. */
  static String among(List<Long> ids) {
    return ids.stream()
        .map(id -> Long.toString(id))
        .collect(Collectors.joining(", ", " WHERE id IN (", ")"));
  }

  /**
   * Why ids that are written to this table could not be read again; empty where they can.
   *
   * @param table with a column for ids
   */
  Optional<String> badIds(TableColumns table);

  /** SQL for the greatest whole number among the ids, 0 for none. */
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

  /** The SQL before {@code VALUES} that an insert with explicit ids needs. */
  String overriding();

  /** Prevents others from changing a row until the transaction ends. */
  void lockRow(Handle handle, long id);

  /**
   * Prevents other schedulers from looking for a row of that name in order to add it, until the
   * transaction ends. Does nothing where one transaction writes at a time.
   */
  default void lockName(Handle handle, String name) {}

  /** Prevents others from inserting until the transaction ends, where this program assigns ids. */
  void lockForIds(Handle handle);

  /** Makes the database assign ids after those that exist. */
  void skipUsedIds(Handle handle);

  /** Makes the database report each change at once; false where it cannot. */
  boolean notifyChanges(Handle handle);
}
