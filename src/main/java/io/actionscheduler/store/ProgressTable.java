package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.store.Interned.Use;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes the table {@code scheduler_progress}; for one thread at a time. */
final class ProgressTable {
  private static final List<String> COLUMNS =
      List.of(
          "action_number",
          "action_text",
          "callback_id",
          "settled_until",
          "schedule_id",
          "cron",
          "zone",
          "paused",
          "begun_at",
          "outcome",
          "first_at",
          "fires",
          "open_fire");

  private static final Rows DELETE =
      new Rows(
          """
          DELETE FROM scheduler_progress
          WHERE (action_number, action_text, callback_id) IN (VALUES\s""",
          "(?,?,?)",
          ")");

  private final Bulk upsert;
  private final Interned callbacks;
  private final Interned schedules;

  ProgressTable(Backend backend, Interned callbacks, Interned schedules) {
    this.upsert = backend.upsert("scheduler_progress", COLUMNS, 3);
    this.callbacks = callbacks;
    this.schedules = schedules;
  }

  private record Row(Use callback, Use schedule, Progress progress) implements Comparable<Row> {

    private ActionId action() {
      return progress.key().action();
    }

    /** Ids sort as their columns do. */
    @Override
    public int compareTo(Row other) {
      int byKey = action().compareTo(other.action());
      return byKey != 0 ? byKey : Long.compare(callback.number(), other.callback.number());
    }

    void bind(Bulk.Values values) throws SQLException {
      Key.bind(values, action()).number(callback.number());
      values.number(Micros.of(progress.settledUntil())).shared(schedule);
      values.flag(progress.paused());
      values.number(Micros.of(progress.account().begunAt()));
      Outcome outcome = progress.account().outcome().orElse(null);
      values.text(outcome == null ? null : outcome.name());
      values.number(Micros.of(progress.account().first())).number(progress.account().count());
      values.text(progress.open().isEmpty() ? null : OpenFireJson.write(progress.open().get()));
    }
  }

  void save(Handle handle, Collection<Progress> progress) throws SQLException {
    Interned.Batch callback = callbacks.batch();
    Interned.Batch schedule = schedules.batch();
    List<Row> rows = new ArrayList<>(progress.size());
    for (Progress one : progress) {
      rows.add(
          new Row(callback.of(one.key().callback()), schedule.of(one.cron(), one.zone()), one));
    }
    callback.resolve(handle);
    schedule.resolve(handle);
    // In the order of the table: neighbours lie on one page, and two of a key are side by side.
    rows.sort(null);
    upsert.execute(handle, lastOfEachKey(rows), (values, row) -> row.bind(values));
  }

  private static List<Row> lastOfEachKey(List<Row> sorted) {
    List<Row> last = new ArrayList<>(sorted.size());
    for (Row row : sorted) {
      if (!last.isEmpty() && last.get(last.size() - 1).compareTo(row) == 0) {
        last.remove(last.size() - 1);
      }
      last.add(row);
    }
    return last;
  }

  void remove(Handle handle, Collection<ProgressKey> keys) throws SQLException {
    Interned.Batch callback = callbacks.batch();
    keys.forEach(key -> callback.of(key.callback()));
    callback.resolve(handle);
    DELETE.execute(
        handle,
        List.copyOf(keys),
        (values, key) -> {
          Key action = Key.of(key.action());
          values
              .number(action.number())
              .text(action.text())
              .number(callback.of(key.callback()).number());
        });
  }
}
