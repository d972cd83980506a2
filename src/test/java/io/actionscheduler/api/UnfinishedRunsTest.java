package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs that have not ended: those under way, those in retry, and those fired by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnfinishedRunsTest {
  private Path gate;
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    gate = folder.resolve("gate");
    // Each run is under way until there is a file that lets it end.
    String callbacks =
        """
          gated: {type: process, command: [sh, -c, "echo >> '%1$s.started'; until [ -e '%1$s' ]; do sleep 0.05; done"], max_concurrent: 1}
          held: {type: process, command: [sh, -c, "echo > '%1$s.held'; until [ -e '%1$s.free' ]; do sleep 0.05; done; echo done"]}
          failing: {type: process, command: [sh, -c, "exit 3"]}
        retry: {max_retries: 5, retry_delay: 1h}
        """
            .formatted(gate);
    world = ApiWorld.with(folder, ApiWorld.OPEN, callbacks).awaitReady();
    api = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private String job(String name, String callback, String schedule) {
    return api.post(
            "/api/v1/jobs",
            "{\"name\": \"%s\", \"schedule_expr\": \"%s\", \"payload\": {\"type\": \"%s\"}}"
                .formatted(name, schedule, callback))
        .header("Location");
  }

  private long started() throws Exception {
    Path file = Path.of(gate + ".started");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void firesByHandAreShownWhileTheyRunCountedAndKeptWithinMaxConcurrent() throws Exception {
    String job = job("gated", "gated", "2050-01-01T00:00:00Z");
    for (int i = 0; i < 3; i++) {
      assertThat(api.post(job + "/run", "").status()).isEqualTo(202);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> started() == 1);

    List<Map<String, Object>> running = api.get(job + "/runs?status=running").list("runs");
    assertThat(running)
        .hasSize(3)
        .allSatisfy(
            run ->
                assertThat(run)
                    .containsEntry("status", "running")
                    .containsEntry("job_name", "gated")
                    .containsEntry("cause", "manual")
                    .containsEntry("id", null)
                    .containsEntry("finished_at", null));
    assertThat(api.get("/api/v1/runs?status=running").object()).containsEntry("total", 3L);
    assertThat(api.get(job + "/runs?size=2&page=2").list("runs")).hasSize(1);
    assertThat(api.get("/metrics").body()).contains("action_scheduler_in_flight 1.0");
    assertThat(started()).as("max_concurrent is 1").isEqualTo(1);

    Files.createFile(gate);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("/metrics")
                    .body()
                    .contains(
                        "action_scheduler_fires_total{callback=\"gated\",status=\"success\"} 3.0"));
    assertThat(api.get(job + "/runs").list("runs"))
        .hasSize(3)
        .allSatisfy(run -> assertThat(run).containsEntry("status", "success"));
    assertThat(api.get("/metrics").body()).contains("action_scheduler_in_flight 0.0");
  }

  @Test
  void aJobThatIsDeletedWhileItRunsEndsAndKeepsItsRun() throws Exception {
    String job = job("held", "held", "2050-01-01T00:00:00Z");
    assertThat(api.post(job + "/run", "").status()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(Path.of(gate + ".held")));

    assertThat(api.send("DELETE", job, null).status()).isEqualTo(204);
    assertThat(api.get(job).status()).isEqualTo(404);
    assertThat(api.get(job + "/runs").list("runs"))
        .singleElement()
        .satisfies(run -> assertThat(run).containsEntry("status", "running"));
    assertThat(api.post(job + "/run", "").status()).isEqualTo(404);

    Files.createFile(Path.of(gate + ".free"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !api.get(job + "/runs?status=success").list("runs").isEmpty());
    assertThat(api.get(job + "/runs").list("runs").get(0))
        .containsEntry("status", "success")
        .extractingByKey("logs")
        .asString()
        .contains("done");
  }

  @Test
  void aRunInRetryIsShownWithItsNextAttempt() {
    String job = job("failing", "failing", "1s");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !api.get(job + "/runs?status=retrying").list("runs").isEmpty());

    Map<String, Object> run = api.get(job + "/runs").list("runs").get(0);
    assertThat(run)
        .containsEntry("status", "retrying")
        .containsEntry("job_name", "failing")
        .containsEntry("finished_at", null)
        .containsEntry("retry_count", 0L);
    assertThat(run.get("retry_at")).isNotNull();
    assertThat(run.get("error").toString()).contains("3");
    assertThat(api.get("/api/v1/runs?status=retrying").list("runs")).hasSize(1);
    assertThat(api.get(job + "/runs?status=success").list("runs")).isEmpty();
    assertThat(api.get(job + "/runs?status=runing").status()).isEqualTo(400);
    api.send("DELETE", job, null);
  }
}
