package io.actionscheduler.source;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ById;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;

/** Reads single rows, and takes all others from the previous reading. */
final class SomeRows {
  private SomeRows() {}

  /** {@code last} with the rows of {@code ids} replaced by what the transaction sees. */
  static Snapshot read(
      Handle handle,
      ActionDatabase database,
      RowReader reader,
      Snapshot last,
      SortedSet<ActionId> ids)
      throws SQLException, SourceException {
    TableColumns table = database.sql().describe(handle);
    if (table.isMissing()) {
      throw SourceException.unavailable(
          database.label() + ": table action is gone; bring it back", null);
    }
    table.requireNeeded(database.label());
    TableColumns columns = table.only(Column.OF_ACTIONS);
    SnapshotBuilder builder = new SnapshotBuilder(reader, those(last.actions(), ids));
    List<Long> numbers = ids.stream().flatMapToLong(id -> id.number().stream()).boxed().toList();
    database.sql().scan(handle, columns, Optional.of(numbers), builder::add);
    Snapshot rows = builder.finishSome(last.readAt());
    List<Rejection> rejections = new ArrayList<>(last.rejections());
    rejections.removeIf(one -> ids.contains(one.id()));
    rejections.addAll(rows.rejections());
    rejections.sort(Comparator.comparing(Rejection::id));
    return new Snapshot(
        merged(last.actions(), rows.actions(), ids),
        Collections.unmodifiableList(rejections),
        last.readAt());
  }

  /** The actions with these ids, of {@code all} in ascending order. */
  private static List<Action> those(List<Action> all, SortedSet<ActionId> ids) {
    List<Action> those = new ArrayList<>();
    for (ActionId id : ids) {
      int at = ById.place(all, id);
      if (at >= 0) {
        those.add(all.get(at));
      }
    }
    return those;
  }

  /**
   * Both in ascending order of ids; those of {@code ids} count only where they are in {@code now}.
   * What lies between two of the ids is copied at once: there may be a million others.
   */
  private static List<Action> merged(
      List<Action> before, List<Action> now, SortedSet<ActionId> ids) {
    List<Action> merged = new ArrayList<>(before.size() + now.size());
    int copied = 0;
    int next = 0;
    for (ActionId id : ids) {
      int at = ById.place(before, id);
      int upTo = at >= 0 ? at : -at - 1;
      merged.addAll(before.subList(copied, upTo));
      copied = at >= 0 ? at + 1 : upTo;
      if (next < now.size() && now.get(next).id().equals(id)) {
        merged.add(now.get(next++));
      }
    }
    merged.addAll(before.subList(copied, before.size()));
    return Collections.unmodifiableList(merged);
  }
}
