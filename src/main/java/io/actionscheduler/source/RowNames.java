package io.actionscheduler.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The names of the table's rows before an import, to find the row that one without an id means. */
final class RowNames {
  private final ByName rule;
  private Map<String, List<Long>> idsByName; // null until it is needed

  RowNames(ByName rule) {
    this.rule = rule;
  }

  /**
   * {@code row} with the id of the existing row of its name, or unchanged when it is new.
   *
   * @throws InvalidRow when a row of its name exists and must not be replaced, or several have it
   */
  ActionRow identified(ActionRow row, Handle handle) throws InvalidRow {
    Optional<String> name = row.get(Column.NAME);
    List<Long> ids = name.isEmpty() ? List.of() : ids(handle).getOrDefault(name.get(), List.of());
    if (ids.isEmpty()) {
      return row;
    }
    if (ids.size() > 1) {
      throw InvalidRow.of(
              Column.NAME,
              name.get(),
              "actions "
                  + ids.get(0)
                  + " and "
                  + ids.get(1)
                  + " have this name, so that it does not say which one to replace; give the row the"
                  + " id of one of them, or rename them so that at most one has this name")
          .in(row);
    }
    if (rule == ByName.REFUSE) {
      throw InvalidRow.of(
              Column.NAME,
              name.get(),
              "the row has no id, and action "
                  + ids.get(0)
                  + " has this name already; give the row that id, or import with --upsert to"
                  + " replace rows of the same names")
          .in(row);
    }
    return row.with(Column.ID, Optional.of(ids.get(0).toString()));
  }

  private Map<String, List<Long>> ids(Handle handle) {
    if (idsByName == null) {
      Map<String, List<Long>> ids = new HashMap<>();
      handle
          .createQuery("SELECT id, name FROM action WHERE name IS NOT NULL ORDER BY id")
          .map((row, context) -> Map.entry(row.getString(2), row.getLong(1)))
          .forEach(
              row ->
                  ids.computeIfAbsent(row.getKey(), any -> new ArrayList<>()).add(row.getValue()));
      idsByName = ids;
    }
    return idsByName;
  }
}
