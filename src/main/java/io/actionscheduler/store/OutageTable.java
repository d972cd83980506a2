package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.OutageStore;
import io.actionscheduler.fire.PastOutage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_outage}: the present outages, and past ones. */
final class OutageTable {
  private OutageTable() {}

  /** Those that last. */
  static List<Outage> read(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT callback, begun_at, reason FROM scheduler_outage WHERE ended_at IS NULL
            ORDER BY callback
            """)
        .map((row, context) -> outage(row))
        .list();
  }

  /**
   * Stores that exactly those last.
   *
   * @param at the end of the others, unless they began later
   */
  static void keep(Handle handle, Collection<Outage> now, Instant at) {
    for (Outage open : read(handle)) {
      if (now.stream().noneMatch(outage -> isSame(outage, open))) {
        end(handle, open, at);
      }
    }
    for (Outage outage : now) {
      handle
          .createUpdate(
              """
              INSERT INTO scheduler_outage (callback, begun_at, reason)
              VALUES (:callback, :begun, :reason)
              ON CONFLICT (callback, begun_at) DO UPDATE SET
                reason = excluded.reason, ended_at = NULL
              """)
          .bind("callback", outage.callback())
          .bind("begun", Micros.of(outage.since()))
          .bind("reason", outage.reason().replace('\0', '\ufffd')) // no database stores it
          .execute();
    }
    LatestRows.keep(handle, "scheduler_outage", OutageStore.MOST_OUTAGES);
  }

  private static boolean isSame(Outage one, Outage stored) {
    return one.callback().equals(stored.callback())
        && Micros.of(one.since()) == Micros.of(stored.since());
  }

  private static void end(Handle handle, Outage open, Instant at) {
    handle
        .createUpdate(
            """
            UPDATE scheduler_outage SET ended_at = :ended
            WHERE callback = :callback AND begun_at = :begun
            """)
        .bind("ended", Math.max(Micros.of(open.since()), Micros.of(at)))
        .bind("callback", open.callback())
        .bind("begun", Micros.of(open.since()))
        .execute();
  }

  static Optional<PastOutage> find(Handle handle, String callback, Instant from, Instant to) {
    return handle
        .createQuery(
            """
            SELECT callback, begun_at, ended_at, reason FROM scheduler_outage
            WHERE callback = :callback AND begun_at <= :to
              AND (ended_at IS NULL OR ended_at >= :from)
            ORDER BY begun_at DESC LIMIT 1
            """)
        .bind("callback", callback)
        .bind("from", Micros.of(from))
        .bind("to", Micros.of(to))
        .map((row, context) -> past(row))
        .findOne();
  }

  private static PastOutage past(ResultSet row) throws SQLException {
    long end = row.getLong("ended_at");
    Optional<Instant> endedAt = row.wasNull() ? Optional.empty() : Optional.of(Micros.at(end));
    return new PastOutage(outage(row), endedAt);
  }

  private static Outage outage(ResultSet row) throws SQLException {
    return new Outage(
        row.getString("callback"), Micros.at(row.getLong("begun_at")), row.getString("reason"));
  }
}
