package io.actionscheduler.source;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
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
    SnapshotBuilder builder =
        new SnapshotBuilder(
            reader, last.actions().stream().filter(one -> ids.contains(one.id())).toList());
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

  /**
   * Both in ascending order of ids; those of {@code ids} count only where they are in {@code now}.
   */
  private static List<Action> merged(
      List<Action> before, List<Action> now, SortedSet<ActionId> ids) {
    List<Action> merged = new ArrayList<>(before.size() + now.size());
    int next = 0;
    for (Action action : before) {
      while (next < now.size() && now.get(next).id().compareTo(action.id()) < 0) {
        merged.add(now.get(next++));
      }
      if (!ids.contains(action.id())) {
        merged.add(action);
      }
    }
    merged.addAll(now.subList(next, now.size()));
    return Collections.unmodifiableList(merged);
  }
}
