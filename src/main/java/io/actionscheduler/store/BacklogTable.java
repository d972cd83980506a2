package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.BacklogStore;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.ProgressKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code scheduler_hold}, with one row at most, and {@code scheduler_decision}. */
final class BacklogTable {
  private static final Rows UPSERT =
      new Rows(
          """
          INSERT INTO scheduler_decision (action_number, action_text, callback, up_to, decision,
            decided_at)
          VALUES\s""",
          "(?,?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback, up_to) DO UPDATE SET
            decision = excluded.decision, decided_at = excluded.decided_at
          """);

  private BacklogTable() {}

  static void keep(Handle handle, Optional<BacklogHold> hold) {
    handle.execute("DELETE FROM scheduler_hold");
    hold.ifPresent(
        held ->
            handle
                .createUpdate(
                    "INSERT INTO scheduler_hold (held_at, held_until) VALUES (:at, :until)")
                .bind("at", Micros.of(held.heldAt()))
                .bind("until", Micros.of(held.until()))
                .execute());
  }

  static Optional<BacklogHold> hold(Handle handle) {
    return handle
        .createQuery("SELECT held_at, held_until FROM scheduler_hold")
        .map(
            (row, context) ->
                new BacklogHold(
                    Micros.at(row.getLong("held_at")), Micros.at(row.getLong("held_until"))))
        .findOne();
  }

  static void keep(Handle handle, Collection<DecidedBacklog> decisions) throws SQLException {
    Optional<Instant> latest =
        decisions.stream().map(DecidedBacklog::at).max(Comparator.naturalOrder());
    if (latest.isEmpty()) {
      return;
    }
    handle
        .createUpdate("DELETE FROM scheduler_decision WHERE decided_at < :before")
        .bind("before", Micros.of(latest.get().minus(BacklogStore.DECISIONS_KEPT)))
        .execute();
    UPSERT.execute(
        handle,
        List.copyOf(decisions),
        (values, decided) -> {
          Key key = Key.of(decided.key().action());
          values.number(key.number()).text(key.text()).text(decided.key().callback());
          values.number(Micros.of(decided.upTo())).text(decided.decision().name());
          values.number(Micros.of(decided.at()));
        });
  }

  static BacklogStore.Stamp stamp(Handle handle) {
    return handle
        .createQuery("SELECT count(*), coalesce(max(decided_at), 0) FROM scheduler_decision")
        .map((row, context) -> new BacklogStore.Stamp(row.getLong(1), Micros.at(row.getLong(2))))
        .one();
  }

  static List<DecidedBacklog> decisions(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT action_number, action_text, callback, up_to, decision, decided_at
             FROM scheduler_decision ORDER BY action_number, action_text, callback, up_to
            """)
        .map(
            (row, context) ->
                new DecidedBacklog(
                    new ProgressKey(Key.of(row).id(), row.getString("callback")),
                    Micros.at(row.getLong("up_to")),
                    BacklogDecision.valueOf(row.getString("decision")),
                    Micros.at(row.getLong("decided_at"))))
        .list();
  }
}
