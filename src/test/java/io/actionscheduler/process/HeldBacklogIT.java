package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a downtime, an operator decides before the burst goes out. */
@Tag("time")
class HeldBacklogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      timezone: UTC
      hold_backlog: 1h
      actions_db: {dialect: sqlite, database: a.db}
      internal_db: {dialect: sqlite, database: b.db}
      verify: {every: none}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      http: {port: 0}
      """;

  @TempDir Path folder;

  private Launch launch() {
    return Launch.in(folder).file("config.yaml", CONFIG);
  }

  private List<String> command(String... words) throws InterruptedException {
    try (Scheduler command = launch().arguments(words).start()) {
      assertThat(command.awaitExit()).as(String.join(" ", words)).isZero();
      return command.stdout().all().stream().map(line -> line.text()).toList();
    }
  }

  private static Map<String, Object> backlog(ApiClient api) {
    return api.get("/api/v1/backlog").object();
  }

  @Test
  void whatAStartFindsMissedIsDeliveredMergedOrDroppedAcrossAKill() throws Exception {
    try (Scheduler first = launch().start()) {
      first.awaitReady();
      ApiClient api = ApiClient.of(first);
      for (String name : List.of("dropped", "merged", "held")) {
        assertThat(
                api.post(
                        "/api/v1/jobs",
                        "{\"name\": \"%1$s\", \"command\": \"%1$s\", \"schedule_expr\": \"0 0 * * *\"}"
                            .formatted(name))
                    .status())
            .isEqualTo(201);
      }
      first.terminate(); // in order: the progress of all three is stored
      first.awaitExit();
    }
    // As after ten days of downtime.
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
    command("progress", "reset", "--all", "--to", day.minus(10, ChronoUnit.DAYS).toString());

    try (Scheduler second = launch().start()) {
      second.awaitReady();
      assertThat(second.stderr().await("a backlog of 30 missed fires of 3 actions", PATIENCE))
          .isNotNull();
      ApiClient api = ApiClient.of(second);
      assertThat(backlog(api)).containsEntry("jobs_concerned", 3L).containsEntry("due", 30L);
      assertThat(api.get("/health/ready").body()).contains("\"backlog\"", "\"held\"");
      await().atMost(PATIENCE).until(() -> command("backlog", "list").size() == 4);
      assertThat(command("backlog", "decide", "drop", "1"))
          .containsExactly("drop: decided for 10 missed fires of 1 actions");
      await().atMost(PATIENCE).until(() -> backlog(api).get("jobs_concerned").equals(2L));
      second.killAndWait();
      assertThat(second.stdout().all()).isEmpty();
    }

    try (Scheduler third = launch().start()) {
      third.awaitReady();
      ApiClient api = ApiClient.of(third);
      assertThat(backlog(api)).containsEntry("jobs_concerned", 2L).containsEntry("due", 20L);
      assertThat(
              api.post("/api/v1/backlog", "{\"decision\": \"merge\", \"job_ids\": [2]}").object())
          .containsEntry("fires", 10L);
      third.stdout().await("merged", 1, PATIENCE);
      assertThat(api.post("/api/v1/backlog", "{\"decision\": \"drop\", \"job_ids\": [2]}").status())
          .isEqualTo(409);
      assertThat(api.get("/api/v1/changes").list("changes"))
          .filteredOn(change -> change.get("kind").equals("decided"))
          .extracting(change -> change.get("via") + " " + change.get("job_id"))
          .containsExactly("api 2", "command 1");
      third.terminate();
      third.awaitExit();
      assertThat(third.stdout().all()).hasSize(1);
    }
    String from = day.minus(10, ChronoUnit.DAYS).plusSeconds(1).toString();
    String to = day.plusSeconds(1).toString();
    assertThat(String.join("\n", command("verify", "--from", from, "--to", to)))
        .containsPattern("10 +dropped|dropped +10")
        .containsPattern("10 +pending|pending +10")
        .containsPattern("9 +merged|merged +9");
  }
}
