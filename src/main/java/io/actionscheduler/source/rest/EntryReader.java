package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes actions from a service's entries; unchanged actions stay the same objects. */
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

  /** What is read, in ascending order of ids; what has none stands beside it. */
  private static final class Found {
    final List<Entry> entries;
    int withoutId;
    String such = "";

    Found(int most) {
      this.entries = new ArrayList<>(most);
    }
  }

  /**
   * What a service lists, as actions.
   *
   * @param values JSON values; emptied on the way, since there may be many
   * @param last read before, in ascending order of ids
   */
  Snapshot read(List<Object> values, List<Action> last, Instant readAt) {
    Found found = found(values);
    values.clear();
    List<Entry> entries = found.entries;
    List<Action> actions = new ArrayList<>(entries.size());
    List<Rejection> rejections = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < entries.size(); ) {
      Entry entry = entries.get(i);
      int alike = 0;
      while (i < entries.size() && entries.get(i).id().equals(entry.id())) {
        entries.set(i++, null);
        alike++;
      }
      while (before < last.size() && last.get(before).id().compareTo(entry.id()) < 0) {
        before++;
      }
      boolean known = before < last.size() && last.get(before).id().equals(entry.id());
      try {
        actions.add(action(entry, alike, known ? last.get(before) : null));
      } catch (InvalidRow e) {
        String label = entry.row(fields, mapped).label();
        rejections.add(new Rejection(entry.id(), label + ": " + e.messageWith(fieldNames)));
      }
    }
    withoutId(found).ifPresent(rejections::add);
    rows.settle();
    return new Snapshot(
        Collections.unmodifiableList(actions), Collections.unmodifiableList(rejections), readAt);
  }

  private Found found(List<Object> values) {
    Found found = new Found(values.size());
    for (Object value : values) {
      Optional<Entry> entry = Entry.of(source, value, fields.get(Column.ID));
      if (entry.isPresent()) {
        found.entries.add(entry.get());
      } else if (found.withoutId++ == 0) {
        found.such = Quoted.quote(value instanceof String text ? text : Json.write(value));
      }
    }
    found.entries.sort(
        Comparator.comparing(Entry::id)); // stable: the first of several with the same id is named
    return found;
  }

  private Action action(Entry entry, int alike, Action last) throws InvalidRow {
    if (alike > 1) {
      throw InvalidRow.ofShared(entry.id().text(), alike + " entries");
    }
    return rows.read(entry.id(), entry.row(fields, mapped), last);
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
