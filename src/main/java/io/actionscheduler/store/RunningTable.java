package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import io.actionscheduler.fire.Stretch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code scheduler_running}: one row for each fire that has been running for some time.
 */
final class RunningTable {
  private static final Rows UPSERT =
      new Rows(
          """
          INSERT INTO scheduler_running (action_number, action_text, callback, scheduled_at, name,
            cause, started_at, attempts, missed)
          VALUES\s""",
          "(?,?,?,?,?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback, scheduled_at) DO UPDATE SET
            name = excluded.name, cause = excluded.cause, started_at = excluded.started_at,
            attempts = excluded.attempts, missed = excluded.missed
          """);

  private static final Rows DELETE =
      new Rows(
          """
          DELETE FROM scheduler_running
          WHERE (action_number, action_text, callback, scheduled_at) IN (VALUES\s""",
          "(?,?,?,?)",
          ")");

  private static final String SELECT =
      """
      SELECT action_number, action_text, callback, scheduled_at, name, cause, started_at, attempts,
        missed
      FROM scheduler_running ORDER BY started_at, action_number, action_text, callback
      """;

  private RunningTable() {}

  /** Removes the rows of a former owner. */
  static void clear(Handle handle) {
    handle.execute("DELETE FROM scheduler_running");
  }

  static void save(Handle handle, RunningChanges changes) throws SQLException {
    DELETE.execute(handle, List.copyOf(changes.ended()), RunningTable::bind);
    UPSERT.execute(
        handle,
        List.copyOf(changes.started()),
        (values, run) -> {
          bind(values, RunningChanges.Id.of(run));
          values.text(run.actionName()).text(run.cause().name());
          values.number(Micros.of(run.startedAt().orElseThrow()));
          values.number(run.attempts()).number(run.missedCount());
        });
  }

  private static void bind(Bulk.Values values, RunningChanges.Id id) throws SQLException {
    Key key = Key.of(id.key().action());
    values.number(key.number()).text(key.text()).text(id.key().callback());
    values.number(Micros.of(id.scheduledAt()));
  }

  static List<Run> read(Handle handle) throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement select = handle.getConnection().prepareStatement(SELECT);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Instant startedAt = Micros.at(row.getLong("started_at"));
        runs.add(
            new Run(
                new ProgressKey(Key.of(row).id(), row.getString("callback")),
                row.getString("name"),
                Stretch.of(Micros.at(row.getLong("scheduled_at"))),
                "",
                Cause.valueOf(row.getString("cause")),
                Run.Status.RUNNING,
                Optional.of(startedAt),
                startedAt,
                row.getInt("attempts"),
                row.getLong("missed"),
                "",
                ""));
      }
    }
    return runs;
  }
}
