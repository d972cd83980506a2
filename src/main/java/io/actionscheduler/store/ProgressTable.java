package io.actionscheduler.store;

import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes the table {@code scheduler_progress}; for one thread at a time. */
final class ProgressTable {
  private static final Rows UPSERT =
      new Rows(
          """
          INSERT INTO scheduler_progress (action_number, action_text, callback_id, settled_until,
            schedule_id, paused, begun_at, outcome, first_at, fires, open_fire)
          VALUES\s""",
          "(?,?,?,?,?,?,?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback_id) DO UPDATE SET
            settled_until = excluded.settled_until, schedule_id = excluded.schedule_id,
            paused = excluded.paused, begun_at = excluded.begun_at, outcome = excluded.outcome,
            first_at = excluded.first_at, fires = excluded.fires, open_fire = excluded.open_fire
          """);

  private static final Rows DELETE =
      new Rows(
          """
          DELETE FROM scheduler_progress
          WHERE (action_number, action_text, callback_id) IN (VALUES\s""",
          "(?,?,?)",
          ")");

  private final Interned callbacks = new Interned("scheduler_callback", "name");
  private final Interned schedules;

  ProgressTable(Interned schedules) {
    this.schedules = schedules;
  }

  void save(Handle handle, Collection<Progress> progress) throws SQLException {
    Set<List<String>> names = new HashSet<>();
    Set<List<String>> texts = new HashSet<>();
    for (Progress one : progress) {
      names.add(List.of(one.key().callback()));
      texts.add(List.of(one.cron(), one.zone()));
    }
    Map<List<String>, Long> callback = callbacks.numbers(handle, names);
    Map<List<String>, Long> schedule = schedules.numbers(handle, texts);
    List<ProgressRow> rows = new ArrayList<>(progress.size());
    for (Progress one : progress) {
      rows.add(
          ProgressRow.of(
              one,
              callback.get(List.of(one.key().callback())),
              schedule.get(List.of(one.cron(), one.zone()))));
    }
    // In the order of the table: neighbours lie on one page, and two of a key are side by side.
    rows.sort(Comparator.naturalOrder());
    UPSERT.execute(handle, lastOfEachKey(rows), (values, row) -> row.bind(values));
  }

  private static List<ProgressRow> lastOfEachKey(List<ProgressRow> sorted) {
    List<ProgressRow> last = new ArrayList<>(sorted.size());
    for (ProgressRow row : sorted) {
      if (!last.isEmpty() && last.get(last.size() - 1).compareTo(row) == 0) {
        last.remove(last.size() - 1);
      }
      last.add(row);
    }
    return last;
  }

  void remove(Handle handle, Collection<ProgressKey> keys) throws SQLException {
    Set<List<String>> names = new HashSet<>();
    keys.forEach(key -> names.add(List.of(key.callback())));
    Map<List<String>, Long> callback = callbacks.numbers(handle, names);
    DELETE.execute(
        handle,
        List.copyOf(keys),
        (values, key) -> {
          Key action = Key.of(key.action());
          values
              .number(action.number())
              .text(action.text())
              .number(callback.get(List.of(key.callback())));
        });
  }

  /** Must be called when a transaction that {@link #save} or so took part in was rolled back. */
  void forget() {
    callbacks.forget();
  }
}
