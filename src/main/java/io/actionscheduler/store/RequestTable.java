package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.KeptAnswer;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_request}. */
final class RequestTable {
  private RequestTable() {}

  static Optional<KeptAnswer> find(Handle handle, String client, String key, Instant since) {
    return handle
        .createQuery(
            """
            SELECT fingerprint, answered_at, answer FROM scheduler_request
             WHERE client = :client AND request_key = :key AND answered_at >= :since
            """)
        .bind("client", client)
        .bind("key", key)
        .bind("since", Micros.of(since))
        .map(
            (row, context) ->
                new KeptAnswer(
                    client,
                    key,
                    row.getString("fingerprint"),
                    Micros.at(row.getLong("answered_at")),
                    row.getString("answer")))
        .findOne();
  }

  static void drop(Handle handle, String client, String key) {
    handle
        .createUpdate("DELETE FROM scheduler_request WHERE client = :client AND request_key = :key")
        .bind("client", client)
        .bind("key", key)
        .execute();
  }

  static void keep(Handle handle, KeptAnswer answer, Instant dropped) {
    handle
        .createUpdate("DELETE FROM scheduler_request WHERE answered_at < :before")
        .bind("before", Micros.of(dropped))
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_request (client, request_key, fingerprint, answered_at, answer)
            VALUES (:client, :key, :fingerprint, :at, :answer)
            ON CONFLICT (client, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
              answered_at = excluded.answered_at, answer = excluded.answer
            """)
        .bind("client", answer.client())
        .bind("key", answer.key())
        .bind("fingerprint", answer.fingerprint())
        .bind("at", Micros.of(answer.answeredAt()))
        .bind("answer", answer.answer())
        .execute();
  }
}
