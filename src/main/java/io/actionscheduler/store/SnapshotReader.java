package io.actionscheduler.store;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stored actions of one source, a page at a time. Actions share the objects of their
 * schedules and policies. An action whose schedule this program no longer understands is left out.
 */
final class SnapshotReader {
  private static final Logger log = LoggerFactory.getLogger(SnapshotReader.class);
  private static final int PAGE = 5_000;

  private static final String SELECT =
      """
      SELECT action_number, action_text, schedule_id, cron, zone, policy_id, body
      FROM scheduler_action
      WHERE source_id = (SELECT id FROM scheduler_source WHERE name = :source)
        AND (action_number, action_text) %s (:number, :text)
      ORDER BY action_number, action_text
      LIMIT :page
      """;

  private final Backend backend;
  private final String source;
  private final CronReader cron;
  private final Lookup<Optional<Timing>> timings;
  private final Lookup<Policy> policies =
      new Lookup<>(
          "scheduler_policy", List.of("policy"), columns -> PolicyJson.read(columns.get(0)));
  private long leftOut;

  SnapshotReader(Backend backend, String source, CronReader cron) {
    this.backend = backend;
    this.source = source;
    this.cron = cron;
    this.timings =
        new Lookup<>(
            "scheduler_schedule", List.of("cron", "zone"), columns -> timing(cron, columns));
  }

  private record Row(Key key, long schedule, List<String> cronAndZone, long policy, String body) {
    static Row of(ResultSet row) throws SQLException {
      long schedule = row.getLong("schedule_id"); // 0 for NULL
      return new Row(
          Key.of(row),
          schedule,
          schedule == 0 ? List.of(row.getString("cron"), row.getString("zone")) : List.of(),
          row.getLong("policy_id"),
          row.getString("body"));
    }
  }

  private record Page(List<Action> actions, Optional<Key> last) {}

  void read(Consumer<Action> each) throws SQLException {
    Optional<Key> last = Optional.of(Key.FIRST);
    String than = ">=";
    while (last.isPresent()) {
      Key after = last.get();
      String select = SELECT.formatted(than);
      Page page = backend.read(handle -> page(handle, select, after));
      page.actions().forEach(each);
      last = page.last();
      than = ">";
    }
    if (leftOut > 0) {
      log.warn(
          "{}: {} actions of the stored snapshot have a schedule that is gone or not understood; left out",
          backend.settings(),
          leftOut);
    }
  }

  private Page page(Handle handle, String select, Key after) throws SQLException {
    if (!backend.schema().isReady(handle, backend)) {
      return new Page(List.of(), Optional.empty());
    }
    List<Row> rows =
        handle
            .createQuery(select)
            .bind("source", source)
            .bind("number", after.number())
            .bind("text", after.text())
            .bind("page", PAGE)
            .map((row, context) -> Row.of(row))
            .list();
    return new Page(
        actions(handle, rows),
        rows.size() < PAGE ? Optional.empty() : Optional.of(rows.get(PAGE - 1).key()));
  }

  private List<Action> actions(Handle handle, Collection<Row> rows) throws SQLException {
    Set<Long> schedule = new HashSet<>();
    Set<Long> policy = new HashSet<>();
    for (Row row : rows) {
      schedule.add(row.schedule());
      policy.add(row.policy());
    }
    Map<Long, Optional<Timing>> timing = timings.values(handle, schedule);
    Map<Long, Policy> policyOf = policies.values(handle, policy);
    List<Action> actions = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Optional<Timing> when =
          row.schedule() == 0
              ? timing(cron, row.cronAndZone())
              : timing.getOrDefault(row.schedule(), Optional.empty());
      if (when.isPresent() && policyOf.containsKey(row.policy())) {
        actions.add(action(row, when.get(), policyOf.get(row.policy())));
      } else {
        leftOut++;
      }
    }
    return actions;
  }

  @SuppressWarnings("unchecked") // the members of a JSON object are such a map
  private static Action action(Row row, Timing timing, Policy policy) throws SQLException {
    try {
      List<?> body = (List<?>) Json.parse(row.body());
      Map<String, Object> parameters = (Map<String, Object>) body.get(2);
      return new Action(
          row.key().id(),
          (String) body.get(0),
          (String) body.get(1),
          timing,
          policy,
          parameters.isEmpty() ? Map.of() : parameters);
    } catch (InvalidJson | RuntimeException e) {
      throw new SQLException("scheduler_action holds what this program did not write", e);
    }
  }

  private static Optional<Timing> timing(CronReader cron, List<String> columns) {
    try {
      return Optional.of(cron.read(columns.get(0), ZoneId.of(columns.get(1))));
    } catch (InvalidSchedule | DateTimeException e) {
      return Optional.empty();
    }
  }
}
