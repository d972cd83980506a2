package io.actionscheduler.source;

import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows to add, to change and to remove in one transaction.
 *
 * @param added rows without an id
 * @param removed rows as they were when this was planned
 */
public record RowChanges(List<ActionRow> added, List<Changed> changed, List<ActionRow> removed) {

  /**
   * A row that is to be changed.
   *
   * @param before the row as it was when this was planned
   * @param values the new values, empty for NULL; not empty, without the id
   */
  public record Changed(ActionRow before, Map<Column, Optional<String>> values) {
    public Changed {
      values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** The row as it will be. */
    public ActionRow after() {
      ActionRow after = before;
      for (Map.Entry<Column, Optional<String>> value : values.entrySet()) {
        after = after.with(value.getKey(), value.getValue());
      }
      return after;
    }
  }

  public RowChanges {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }

  /** The added and changed rows as they will be, the added ones without an id. */
  List<ActionRow> written() {
    return Stream.concat(added.stream(), changed.stream().map(Changed::after)).toList();
  }

  /** Fails if a row is no longer as it was when the changes were planned. */
  @FunctionalInterface
  interface Guard {
    void expect(ActionRow row, long id) throws SQLException, SourceException;
  }

  /**
   * Writes all changes, inside the caller's transaction.
   *
   * @return the added rows, with their new ids
   */
  List<ActionRow> write(RowWriter writer, Guard guard) throws SQLException, SourceException {
    for (Changed row : changed) {
      long id = id(row.before());
      guard.expect(row.before(), id);
      writer.update(id, row.values());
    }
    for (ActionRow row : removed) {
      guard.expect(row, id(row));
      writer.delete(id(row));
    }
    List<ActionRow> numbered = new ArrayList<>();
    for (ActionRow row : added) {
      String id = Long.toString(writer.insert(row));
      numbered.add(row.with(Column.ID, Optional.of(id)));
    }
    return numbered;
  }

  private static long id(ActionRow row) {
    return row.number(Column.ID).orElseThrow();
  }
}
