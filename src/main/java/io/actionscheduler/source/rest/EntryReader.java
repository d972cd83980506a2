package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes actions of a service's entries; those that did not change are the objects they were. */
final class EntryReader {
  private final String source;
  private final RowReader rows;
  private final Map<Column, String> fields = new EnumMap<>(Column.class);
  private final Map<String, String> fieldNames = new HashMap<>(); // by column, for messages
  private final Set<String> mapped;

  /**
   * @param fields names by column
   */
  EntryReader(String source, Map<String, String> fields, RowReader rows) {
    this.source = requireNonNull(source, "source is null");
    this.rows = requireNonNull(rows, "rows is null");
    fields.forEach(
        (column, field) -> {
          this.fields.put(Column.named(column).orElseThrow(), field);
          fieldNames.put(column, field);
        });
    this.mapped = Set.copyOf(fields.values());
  }

  /** What is read, by id; entries without one stand beside it. */
  private static final class Found {
    final Map<ActionId, List<Entry>> byId = new TreeMap<>();
    int withoutId;
    String such = "";
  }

  Snapshot read(List<Object> entries, List<Action> last, Instant readAt) {
    Found found = found(entries);
    List<Action> actions = new ArrayList<>(found.byId.size());
    List<Rejection> rejections = new ArrayList<>();
    int[] at = {0};
    found.byId.forEach(
        (id, same) -> {
          while (at[0] < last.size() && last.get(at[0]).id().compareTo(id) < 0) {
            at[0]++;
          }
          boolean known = at[0] < last.size() && last.get(at[0]).id().equals(id);
          try {
            actions.add(action(id, same, known ? last.get(at[0]) : null));
          } catch (InvalidRow e) {
            rejections.add(
                new Rejection(id, row(id, same.get(0)).label() + ": " + e.messageWith(fieldNames)));
          }
        });
    withoutId(found).ifPresent(rejections::add);
    rows.settle();
    return new Snapshot(List.copyOf(actions), List.copyOf(rejections), readAt);
  }

  private Found found(List<Object> entries) {
    Found found = new Found();
    for (Object value : entries) {
      Optional<Entry> entry = Entry.of(value);
      Optional<String> id = entry.flatMap(one -> one.id(fields.get(Column.ID)));
      if (id.isPresent()) {
        found
            .byId
            .computeIfAbsent(new ActionId(source + ":" + id.get()), none -> new ArrayList<>(1))
            .add(entry.orElseThrow());
      } else if (found.withoutId++ == 0) {
        found.such = Quoted.quote(String.valueOf(value));
      }
    }
    return found;
  }

  private Action action(ActionId id, List<Entry> same, Action last) throws InvalidRow {
    if (same.size() > 1) {
      throw InvalidRow.ofShared(id.text(), same.size() + " entries");
    }
    return rows.read(id, row(id, same.get(0)), last);
  }

  private ActionRow row(ActionId id, Entry entry) {
    return entry.row(id.text(), fields, mapped);
  }

  private Optional<Rejection> withoutId(Found found) {
    if (found.withoutId == 0) {
      return Optional.empty();
    }
    String which = found.withoutId == 1 ? "an entry has" : found.withoutId + " entries have";
    return Optional.of(
        new Rejection(
            new ActionId(source + ":"),
            "source "
                + source
                + ": "
                + which
                + " no "
                + fields.get(Column.ID)
                + " that can be used, such as "
                + found.such
                + "; allowed are whole numbers, and text of up to 200 characters on one line"));
  }
}
