package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, and the rules and the dashboard that read them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {
  private static final Path RULES = Path.of("monitoring/alerts.yml");
  private static final Path DASHBOARD = Path.of("monitoring/grafana-dashboard.json");

  private ApiWorld world;
  private String metrics;

  @BeforeAll
  void start(@TempDir Path folder) {
    world =
        ApiWorld.with(
                folder,
                """
                http:
                  port: 0
                  events:
                    webhooks: [{url: "http://127.0.0.1:9/", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}]
                """,
                "retry: {max_retries: 0}\ncatch_up_max: 1\n")
            .awaitReady();
    ApiClient api = world.client();
    api.post("/api/v1/jobs", "{\"name\": \"often\", \"schedule_expr\": \"1s\"}");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("/metrics")
                    .body()
                    .contains(
                        "action_scheduler_fires_total{callback=\"quiet\",status=\"success\"}"));
    metrics = api.get("/metrics").body();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static String promtool(Path folder, String input, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "promtool is missing (apt-get install prometheus): " + e.getMessage());
      throw e;
    }
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void prometheusReadsThem() throws Exception {
    assertThat(promtool(Path.of("."), metrics, "check", "metrics")).doesNotContain("error");
  }

  @Test
  void theAlertRulesFireWhenTheyShould() throws Exception {
    promtool(Path.of("monitoring"), "", "check", "rules", "alerts.yml");
    promtool(Path.of("monitoring"), "", "test", "rules", "alerts-test.yml");
  }

  @Test
  void everyWayToMissAFireIsCountedFromTheStart() throws Exception {
    String row =
        Files.readString(Path.of("docs/api.md"))
            .lines()
            .filter(line -> line.startsWith("| `action_scheduler_missed_total"))
            .findFirst()
            .orElseThrow();
    Pattern.compile("`([a-z]+)`")
        .matcher(row)
        .results()
        .forEach(
            outcome ->
                assertThat(metrics)
                    .contains(
                        "action_scheduler_missed_total{outcome=\"%s\"} 0.0"
                            .formatted(outcome.group(1))));
    assertThat(row).contains("`dropped`", "`excluded`");
  }

  @Test
  void noSeriesIsOfAnAction() {
    assertThat(metrics.lines().filter(line -> !line.startsWith("#")).count()).isLessThan(500);
    assertThat(metrics).doesNotContain("often");
  }

  @Test
  void whatRulesAndDashboardAskForIsThere() throws Exception {
    Set<String> there = new TreeSet<>();
    metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> there.add(line.split("[{ ]")[0]));
    Set<String> asked = new TreeSet<>();
    for (Path file : List.of(RULES, DASHBOARD, Path.of("docs/api.md"))) {
      Pattern.compile("(?:action_scheduler|jvm)_[a-z_]*[a-z]")
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> asked.add(found.group()));
    }
    assertThat(asked).isNotEmpty();
    asked.removeIf(
        name ->
            there.contains(name)
                || there.contains(name + "_bucket")
                || name.startsWith("action_scheduler_cluster_") // ClusterIT asks for these
                || name.equals("action_scheduler_session")); // the cookie
    assertThat(asked).isEmpty();
    assertThat(Json.parse(Files.readString(DASHBOARD))).isInstanceOf(java.util.Map.class);
  }
}
