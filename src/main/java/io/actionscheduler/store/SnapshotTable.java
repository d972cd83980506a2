package io.actionscheduler.store;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Policy;
import io.actionscheduler.db.Micros;
import io.actionscheduler.store.Interned.Use;
import io.actionscheduler.text.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes the stored actions of each source; for one thread at a time. */
final class SnapshotTable {
  private static final List<String> COLUMNS =
      List.of(
          "source_id",
          "action_number",
          "action_text",
          "schedule_id",
          "cron",
          "zone",
          "policy_id",
          "body");

  private static final Rows DELETE =
      new Rows(
          """
          DELETE FROM scheduler_action
          WHERE (source_id, action_number, action_text) IN (VALUES\s""",
          "(?,?,?)",
          ")");

  private final Bulk upsert;
  private final Interned policies;
  private final Interned schedules;

  SnapshotTable(Backend backend, Interned policies, Interned schedules) {
    this.upsert = backend.upsert("scheduler_action", COLUMNS, 3);
    this.policies = policies;
    this.schedules = schedules;
  }

  private record Row(Key key, Use schedule, Use policy, String body) {}

  void save(Handle handle, String source, Collection<Action> changed, Collection<ActionId> removed)
      throws SQLException {
    long from = sourceId(handle, source);
    DELETE.execute(
        handle,
        List.copyOf(removed),
        (values, id) -> values.number(from).number(Key.of(id).number()).text(Key.of(id).text()));
    upsert.execute(
        handle,
        rows(handle, changed),
        (values, row) ->
            values
                .number(from)
                .number(row.key().number())
                .text(row.key().text())
                .shared(row.schedule())
                .number(row.policy().number())
                .text(row.body()));
  }

  private List<Row> rows(Handle handle, Collection<Action> actions) throws SQLException {
    Interned.Batch policy = policies.batch();
    Interned.Batch schedule = schedules.batch();
    Map<Policy, String> policyTexts = new HashMap<>(); // few, and shared by many
    Map<Key, Row> rows = new TreeMap<>(); // in the order of the table, each once
    for (Action action : actions) {
      Key key = Key.of(action.id());
      String policyText = policyTexts.computeIfAbsent(action.policy(), PolicyJson::write);
      List<Object> body = List.of(action.name(), action.command(), action.parameters());
      rows.put(
          key,
          new Row(
              key,
              schedule.of(List.of(action.timing().text(), action.timing().zone().getId())),
              policy.of(List.of(policyText)),
              Json.write(body)));
    }
    policy.resolve(handle);
    schedule.resolve(handle);
    return new ArrayList<>(rows.values());
  }

  void taken(Handle handle, String source, Instant readAt) {
    sourceId(handle, source);
    handle
        .createUpdate("UPDATE scheduler_source SET read_at = :readAt WHERE name = :name")
        .bind("readAt", Micros.of(readAt))
        .bind("name", source)
        .execute();
  }

  Optional<Instant> readAt(Handle handle, String source) {
    return handle
        .createQuery(
            "SELECT read_at FROM scheduler_source WHERE name = :name AND read_at IS NOT NULL")
        .bind("name", source)
        .mapTo(Long.class)
        .findOne()
        .map(Micros::at);
  }

  private static long sourceId(Handle handle, String source) {
    handle
        .createUpdate(
            "INSERT INTO scheduler_source (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")
        .bind("name", source)
        .execute();
    return handle
        .createQuery("SELECT id FROM scheduler_source WHERE name = :name")
        .bind("name", source)
        .mapTo(long.class)
        .one();
  }
}
