package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table and two REST services side by side; callbacks side by side. */
class SeveralSourcesIT {
  @TempDir Path folder;
  private SqliteTable table;
  private TestHttp one;
  private TestHttp two;

  @BeforeEach
  void start() throws Exception {
    table = SqliteTable.in(folder);
    one = TestHttp.start();
    two = TestHttp.start();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private static Answer list(String name) {
    return new Answer(
        200, Map.of(), "[{\"id\": 1, \"name\": \"" + name + "\", \"cron_expression\": \"1s\"}]");
  }

  private String config() {
    return TestConfigs.trivial()
        + """
        rest:
          try_delay: 100ms
          tries: 2
          sources:
            one:
              url: http://127.0.0.1:%d
              report: {method: PATCH, path: '/api/cronjobs/{id}', body: '{"last": "{status}"}'}
            two: {url: 'http://127.0.0.1:%d', path: /jobs}
        """
            .formatted(one.port(), two.port());
  }

  @Test
  void eachFiresItsOwnAndOneThatIsAwayHoldsUpNone() throws Exception {
    table.insert(1, "of the table", "* * * * * *");
    one.answer(r -> r.method().equals("GET") ? list("of one") : Answer.of(204));
    two.answer(r -> Answer.of(500));
    try (Scheduler scheduler = Launch.in(folder).config(config()).start()) {
      scheduler.awaitReady();
      scheduler.stdout().await("of the table", Scheduler.PATIENCE);
      scheduler.stdout().await("of one", Scheduler.PATIENCE);
      scheduler.stderr().await("rest.sources.two: .*/jobs answered 500", Scheduler.PATIENCE);
      assertThat(scheduler.stdout().with("of two")).isEmpty();
      two.answer(r -> list("of two"));
      scheduler.stderr().await("source two is available: 1 actions", Scheduler.PATIENCE);
      scheduler.stdout().await("of two", Scheduler.PATIENCE);
      await().atMost(Scheduler.PATIENCE).until(() -> one.taken().stream().anyMatch(this::isReport));
    }
    Request report = one.taken().stream().filter(this::isReport).findFirst().orElseThrow();
    assertThat(report.path()).isEqualTo("/api/cronjobs/1");
    assertThat(Json.parse(report.body())).isEqualTo(Map.of("last", "success"));
  }

  private boolean isReport(Request request) {
    return request.method().equals("PATCH");
  }

  @Test
  void aServiceThatKnowsNobodyEndsAFirstStartWithCode2() throws Exception {
    one.answer(r -> Answer.of(401));
    two.answer(r -> list("of two"));
    try (Scheduler scheduler = Launch.in(folder).config(config()).start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("rest.sources.one: .* answered 401; check token"))
          .hasSize(1);
    }
  }

  @Test
  void aFireGoesToTwoCallbacksAndTheOneThatFailsHoldsUpTheOtherNever() throws Exception {
    table.execute("ALTER TABLE action ADD COLUMN callback TEXT");
    table.execute(
        "INSERT INTO action (id, name, command, cron, callback)"
            + " VALUES (1, 'both', 'to both', '1s', 'stdout, hook')");
    one.answer(r -> Answer.of(500));
    String config =
        TestConfigs.trivial()
            + """
            callbacks:
              hook:
                type: webhook
                url: http://127.0.0.1:%d/{action_id}
                allowed_addresses: 127.0.0.0/8
                retry: {retry_delay: 300ms, backoff_factor: 1, max_retries: 1000}
            """
                .formatted(one.port());
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stdout().await("to both", 3, Scheduler.PATIENCE);
      assertThat(one.taken()).isEmpty();
      one.answer(r -> Answer.of(200));
      await().atMost(Scheduler.PATIENCE).until(() -> one.taken().size() >= 4);
      assertThat(one.taken().stream().map(r -> r.headers().get("Idempotency-Key")))
          .doesNotHaveDuplicates()
          .isSorted();
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
  }
}
