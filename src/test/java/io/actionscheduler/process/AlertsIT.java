package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts, and actions that are disabled after failures, with the jar and real servers. */
class AlertsIT {
  @TempDir Path folder;
  private SqliteTable table;
  private TestHttp target;
  private TestHttp receiver;

  @BeforeEach
  void start() throws Exception {
    table = SqliteTable.in(folder);
    table.execute("ALTER TABLE action ADD COLUMN enabled BOOLEAN");
    table.execute(
        "INSERT INTO action VALUES (7, 'nightly', 'report', '* * * * * *', NULL, NULL, NULL)");
    target = TestHttp.start();
    receiver = TestHttp.start();
  }

  @AfterEach
  void stop() {
    target.close();
    receiver.close();
  }

  private String config(String more) {
    return """
        actions_db: {dialect: sqlite, database: database.db}
        internal_db: {dialect: sqlite, database: database.db}
        track_changes_period: 1
        action:
          callback: target
          defaults: {merge_missed: true, actuality_time: -1}
        retry: {max_retries: 0, retry_delay: 100ms}
        callbacks:
          target: {type: webhook, url: 'http://127.0.0.1:%d/'}
          on_call: {type: webhook, url: 'http://127.0.0.1:%d/', body: '{"text": "{command}", "kind": "{parameters.alert}", "state": "{parameters.state}", "subject": "{parameters.subject}"}'}
          away: {type: webhook, url: 'http://127.0.0.1:1/'}
        alerts:
          callback: on_call
          unavailable_for: 1s
        """
            .formatted(target.port(), receiver.port())
        + more;
  }

  private void awaitAlert(String kind, String state) {
    await().atMost(Scheduler.PATIENCE).until(() -> count(kind, state) == 1);
  }

  private long count(String kind, String state) {
    return received().stream()
        .filter(alert -> kind.equals(alert.get("kind")) && state.equals(alert.get("state")))
        .count();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> received() {
    return receiver.taken().stream()
        .map(request -> (Map<String, Object>) json(request.body()))
        .toList();
  }

  private static Object json(String text) {
    try {
      return Json.parse(text);
    } catch (Exception e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void eachChangeIsToldOnceAlsoWhereTheReceiverWasUnavailableAtFirst() throws Exception {
    target.answer(request -> Answer.of(400));
    receiver.answer(request -> Answer.of(503));
    String config = // a failure is told though its dead letter cannot be handed over
        config("").replace("  target: {", "  target: {dead_letter: away, ");
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stderr().await("did not take the alert .*is tried again", Scheduler.PATIENCE);
      receiver.answer(request -> Answer.of(204));
      awaitAlert("failing", "raised");
      assertThat(received())
          .filteredOn(one -> one.get("kind").equals("failing"))
          .singleElement()
          .extracting(one -> one.get("text").toString(), InstanceOfAssertFactories.STRING)
          .startsWith("action 7 \"nightly\" failed for good: ")
          .contains("400");
      target.answer(request -> Answer.of(204));
      awaitAlert("failing", "recovered");
      target.close();
      await()
          .atMost(Scheduler.PATIENCE)
          .until(
              () ->
                  received().stream()
                      .anyMatch(one -> "callback target".equals(one.get("subject"))));
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(count("failing", "raised")).isEqualTo(1);
    assertThat(count("failing", "recovered")).isEqualTo(1);
  }

  @Test
  void anActionThatFailsTooOftenIsDisabledAndToldAcrossRestarts() throws Exception {
    target.answer(request -> Answer.of(400));
    String config = config("disable_after: 3\n");
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stderr().await("failed permanently", Scheduler.PATIENCE);
      scheduler.killAndWait();
    }
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stderr().await("action 7 .* is disabled, since it failed", Scheduler.PATIENCE);
      awaitAlert("disabled", "raised");
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(isEnabled()).isFalse();
  }

  private boolean isEnabled() throws Exception {
    try (Connection connection = table.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT enabled FROM action WHERE id = 7")) {
      assertThat(row.next()).isTrue();
      return row.getBoolean(1);
    }
  }
}
