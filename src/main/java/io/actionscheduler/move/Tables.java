package io.actionscheduler.move;

import java.util.List;
import java.util.Set;

/**
 * The tables of another program, in a database or in exported files. Names are found in any letter
 * case.
 */
public interface Tables extends AutoCloseable {
  /** How many tables a message lists. */
  int SHOWN = 8;

  /** Why tables cannot be read; the message names the place. */
  final class Unreadable extends Exception {
    public Unreadable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unreadable(String message) {
      super(message);
    }
  }

  /**
   * The columns of {@code table} in lower case; none where there is no such table.
   *
   * @throws Unreadable when it cannot be looked up
   */
  Set<String> columns(String table) throws Unreadable;

  /**
   * The rows of {@code table}.
   *
   * @throws Unreadable when the table cannot be read
   */
  List<TableRow> rows(String table) throws Unreadable;

  /** The names of all tables, in lower case; in a database also with their schemas before them. */
  Set<String> names();

  /** Where the tables are, for messages; without a password. */
  String place();

  /** What is there instead of a table that is looked for, for messages. */
  default String found() {
    List<String> plain = names().stream().filter(name -> !name.contains(".")).sorted().toList();
    return plain.isEmpty()
        ? "no table was found there"
        : "found: "
            + String.join(", ", plain.subList(0, Math.min(plain.size(), SHOWN)))
            + (plain.size() > SHOWN ? " and " + (plain.size() - SHOWN) + " others" : "");
  }

  @Override
  default void close() throws Unreadable {}

  /**
   * The rows of a table that must have {@code columns}.
   *
   * @param what the program whose table it is, for the message
   * @throws Unreadable when the table or one of the columns is missing, or it cannot be read
   */
  default List<TableRow> rowsOf(String what, String table, List<String> columns) throws Unreadable {
    Set<String> there = columns(table);
    if (there.isEmpty()) {
      throw new Unreadable(
          place() + ": there is no table " + table + ", which " + what + " has; " + found());
    }
    List<String> missing = columns.stream().filter(column -> !there.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new Unreadable(
          place()
              + ": the table "
              + table
              + " has no column "
              + String.join(", ", missing)
              + "; it belongs to a version of "
              + what
              + " that is not known");
    }
    return rows(table);
  }
}
