package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.PastOutageStore;
import io.actionscheduler.fire.TargetOutage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_past_outage}. */
final class PastOutageTable {
  private PastOutageTable() {}

  static void save(Handle handle, TargetOutage outage) {
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_past_outage (callback, begun_at, ended_at, reason)
            VALUES (:callback, :begun, :ended, :reason)
            ON CONFLICT (callback, begun_at) DO UPDATE SET ended_at = excluded.ended_at
            """)
        .bind("callback", outage.callback())
        .bind("begun", Micros.of(outage.begunAt()))
        .bindByType("ended", outage.endedAt().map(Micros::of).orElse(null), Long.class)
        .bind("reason", outage.reason())
        .execute();
    handle
        .createUpdate(
            """
            DELETE FROM scheduler_past_outage WHERE begun_at <= (
              SELECT begun_at FROM scheduler_past_outage ORDER BY begun_at DESC LIMIT 1 OFFSET :most)
            """)
        .bind("most", PastOutageStore.MOST_OUTAGES)
        .execute();
  }

  static void endAll(Handle handle, Instant at) {
    handle
        .createUpdate("UPDATE scheduler_past_outage SET ended_at = :at WHERE ended_at IS NULL")
        .bind("at", Micros.of(at))
        .execute();
  }

  static Optional<TargetOutage> find(Handle handle, String callback, Instant from, Instant to) {
    return handle
        .createQuery(
            """
            SELECT callback, begun_at, ended_at, reason FROM scheduler_past_outage
            WHERE callback = :callback AND begun_at <= :to
              AND (ended_at IS NULL OR ended_at >= :from)
            ORDER BY begun_at DESC LIMIT 1
            """)
        .bind("callback", callback)
        .bind("from", Micros.of(from))
        .bind("to", Micros.of(to))
        .map((row, context) -> outage(row))
        .findOne();
  }

  private static TargetOutage outage(ResultSet row) throws SQLException {
    long end = row.getLong("ended_at");
    Optional<Instant> endedAt = row.wasNull() ? Optional.empty() : Optional.of(Micros.at(end));
    return new TargetOutage(
        row.getString("callback"),
        Micros.at(row.getLong("begun_at")),
        endedAt,
        row.getString("reason"));
  }
}
