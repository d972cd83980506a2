package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table that this program knows, with their types.
 *
 * @param types empty where there is no table
 * @param assignsIds whether the database gives a row an id that was inserted without one
 * @param allHaveIds whether the database lets no row be without an id
 * @param generated those whose values the database computes, so that none can be written
 */
record TableColumns(
    Map<Column, String> types, boolean assignsIds, boolean allHaveIds, Set<Column> generated) {
  TableColumns {
    types = types.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(types));
    generated = Set.copyOf(generated);
  }

  boolean isMissing() {
    return types.isEmpty();
  }

  boolean has(Column column) {
    return types.containsKey(column);
  }

  String type(Column column) {
    return types.get(column);
  }

  /** The columns of {@code wanted} that the table has, in their order. */
  List<Column> present(List<Column> wanted) {
    return wanted.stream().filter(this::has).toList();
  }

  /** The same without the columns that are not {@code wanted}. */
  TableColumns only(List<Column> wanted) {
    Map<Column, String> left = new EnumMap<>(Column.class);
    present(wanted).forEach(column -> left.put(column, type(column)));
    return new TableColumns(left, assignsIds, allHaveIds, generated);
  }

  /** The columns that the table has. */
  List<Column> all() {
    return List.copyOf(types.keySet());
  }

  List<Column> lacking() {
    return Arrays.stream(Column.values()).filter(column -> !has(column)).toList();
  }

  /** Throws if a required column is missing. */
  void requireNeeded(String label) throws SourceException {
    List<Column> lacking = lacking().stream().filter(Column::isNeeded).toList();
    if (!lacking.isEmpty()) {
      throw SourceException.misconfigured(
          label + ": table action has no column " + names(lacking) + "; " + remedy(lacking), null);
    }
  }

  /** Throws if the ids of the table cannot be read. */
  void requireIds(TableSql sql, String label) throws SourceException {
    Optional<String> fault = sql.badIds(this);
    if (fault.isPresent()) {
      throw SourceException.misconfigured(
          label + ": table action: column id is " + fault.get(), null);
    }
  }

  /** The columns that can be written. */
  List<Column> writable() {
    return all().stream().filter(column -> !generated.contains(column)).toList();
  }

  /** Throws if {@code column} is to be written and the table does not have it, or computes it. */
  void require(Column column, String label) throws SourceException {
    if (!has(column)) {
      throw SourceException.misconfigured(
          label + ": table action has no column " + column + "; \"db upgrade\" adds it", null);
    }
    boolean moment = column == Column.CREATED_AT || column == Column.UPDATED_AT;
    if (generated.contains(column) && !moment) {
      throw SourceException.misconfigured(
          label
              + ": the database computes the column "
              + column
              + " of table action (GENERATED ALWAYS), so no value can be written there; change the"
              + " columns that it is computed from",
          null);
    }
  }

  private static String names(List<Column> columns) {
    return String.join(", ", columns.stream().map(Column::sqlName).toList());
  }

  private static String remedy(List<Column> lacking) {
    return lacking.contains(Column.ID)
        ? "a primary key of that name, of whole numbers, is required; add it to the table"
        : "\"db upgrade\" adds it";
  }
}
