package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.SessionStore;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_session}. */
final class SessionTable {
  private SessionTable() {}

  static void save(Handle handle, Session session) {
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_session (begun_at, seen_at) VALUES (:begun, :seen)
            ON CONFLICT (begun_at) DO UPDATE SET seen_at = excluded.seen_at
            """)
        .bind("begun", Micros.of(session.begunAt()))
        .bind("seen", Micros.of(session.seenAt()))
        .execute();
    LatestRows.keep(handle, "scheduler_session", SessionStore.MOST_SESSIONS);
  }

  /** When a scheduler was seen last; the beginning of time where none was. */
  static Instant lastSeen(Handle handle) {
    return handle
        .createQuery("SELECT coalesce(max(seen_at), 0) FROM scheduler_session")
        .map((row, context) -> Micros.at(row.getLong(1)))
        .one();
  }

  static Optional<Session> before(Handle handle, Instant at) {
    return first(handle, "begun_at <= :at ORDER BY begun_at DESC", at);
  }

  static Optional<Session> after(Handle handle, Instant at) {
    return first(handle, "begun_at > :at ORDER BY begun_at", at);
  }

  private static Optional<Session> first(Handle handle, String condition, Instant at) {
    return handle
        .createQuery(
            "SELECT begun_at, seen_at FROM scheduler_session WHERE " + condition + " LIMIT 1")
        .bind("at", Micros.of(at))
        .map((row, context) -> new Session(Micros.at(row.getLong(1)), Micros.at(row.getLong(2))))
        .findOne();
  }
}
