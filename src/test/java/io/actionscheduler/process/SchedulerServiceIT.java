package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample configuration {@code scheduler-service}, called as its users call the service it
 * replaces.
 */
@ExtendWith(SharedPostgres.class)
@EnabledOnOs(OS.LINUX)
class SchedulerServiceIT {
  private static final Path CONFIG =
      Path.of("sample_configs/scheduler-service/config.yaml").toAbsolutePath();
  private static final String KEY = "a-key-of-the-test-that-is-long-enough";

  @TempDir Path folder;

  private Launch launch(String database) throws IOException {
    Launch launch =
        Launch.in(folder)
            .config(Files.readString(CONFIG))
            .env("HTTP__PORT", "0")
            .env("HTTP__HOST", "127.0.0.1")
            .env("API_KEY", KEY)
            .env("REDIS_URL", "redis://localhost:1/0")
            .env("DATABASE_URL", database);
    return Files.isExecutable(Path.of("/usr/bin/python3"))
        ? launch.env("EXECUTION__INTERPRETER", "/usr/bin/python3")
        : launch;
  }

  @Test
  void theCallsOfTheServiceWorkOnPostgres(TestPostgres postgres) throws Exception {
    String database =
        "postgresql+asyncpg://postgres:"
            + TestPostgres.PASSWORD
            + "@127.0.0.1:"
            + postgres.port()
            + "/"
            + postgres.createDatabase();
    try (Scheduler scheduler = launch(database).start()) {
      ApiClient open = ApiClient.of(scheduler);
      ApiClient api = open.withKey(KEY);
      scheduler.awaitReady();
      scheduler.stderr().await("code jobs run at rung [123] ", Scheduler.PATIENCE);
      assumeTrue(scheduler.stderr().with("code jobs run at rung 1").isEmpty(), "no namespaces");

      assertThat(open.get("/api/v1/jobs").status()).isEqualTo(401);
      assertThat(open.withKey("wrong-key-of-the-test-0123456789").get("/api/v1/jobs").status())
          .isEqualTo(401);
      assertThat(open.get("/health").status()).isEqualTo(200);

      assertThat(
              logs(
                  api,
                  """
                  {"name": "Mathematical Analysis", "schedule_expr": "*/10 * * * *", "timezone": "UTC",
                   "payload": {"type": "python_code", "code": "import math\\nresult = sum(i**2 for i in range(1000))\\nprint(f'Sum of squares: {result}')"},
                   "retry_policy": {"max_retries": 3, "retry_delay": 60}, "owner_id": "math_team"}
                  """))
          .isEqualTo("Sum of squares: 332833500\n");
      assertThat(
              logs(
                  api,
                  """
                  {"name": "Prime Number Calculator", "schedule_expr": "0 */6 * * *", "timezone": "UTC",
                   "payload": {"type": "number_crunching", "operation": "prime_numbers", "limit": 10000},
                   "retry_policy": {"max_retries": 2, "retry_delay": 30}, "owner_id": "math_team"}
                  """))
          .contains("1229 prime numbers");
      assertThat(
              logs(
                  api,
                  """
                  {"name": "Fibonacci Calculator", "schedule_expr": "*/5 * * * *", "timezone": "UTC",
                   "payload": {"type": "number_crunching", "operation": "fibonacci", "n": 100}}
                  """))
          .contains("354224848179261915075");
      assertThat(
              logs(
                  api,
                  """
                  {"name": "System Backup", "schedule_expr": "0 3 * * *", "timezone": "UTC",
                   "payload": {"type": "shell_script", "script": "#!/bin/bash\\ntar -czf backup.tar.gz /etc/hostname && ls"}}
                  """))
          .contains("backup.tar.gz\n");
      assertThat(api.get("/api/v1/jobs/1/runs").list("runs").get(0).get("rung")).isIn(2L, 3L);
      assertThat(api.get("/api/v1/jobs").list("jobs")).hasSize(4);
      for (String expression : new String[] {"2030-12-31T23:59:59Z", "5m", "1h", "30s"}) {
        Reply created =
            api.post(
                "/api/v1/jobs",
                "{\"name\": \"t\", \"schedule_expr\": \""
                    + expression
                    + "\", \"payload\":"
                    + " {\"type\": \"python_code\", \"code\": \"pass\"}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.object().get("next_run_at")).isNotNull();
      }
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().all()).isEmpty();
    }
  }

  @Test
  void aRowAloneRunsItsCodeAndAKilledSchedulerTakesItsJobsWithIt() throws Exception {
    String mark = "302." + ProcessHandle.current().pid();
    try (Scheduler scheduler =
        launch("sqlite:///database.db").env("TRACK_CHANGES_PERIOD", "1").start()) {
      scheduler.awaitReady();
      SqliteTable.at(folder)
          .execute(
              "INSERT INTO action (id, name, command, cron, callback, parameters) VALUES (1, 'row',"
                  + " '', '{\"format\": \"interval\", \"params\": {\"every\": \"1s\"}}',"
                  + " 'shell_script', '{\"script\": \"sleep "
                  + mark
                  + "\"}')");
      scheduler.stderr().await("code jobs run at rung [123] ", Scheduler.PATIENCE);
      assumeTrue(scheduler.stderr().with("code jobs run at rung 1").isEmpty(), "no namespaces");
      await().atMost(Scheduler.PATIENCE).until(() -> runs(mark));
      scheduler.killAndWait();
      await().atMost(Scheduler.PATIENCE).until(() -> !runs(mark));
    }
  }

  @Test
  void theOutputOfARunThatIsUnderWayCanBeFollowed() throws Exception {
    try (Scheduler scheduler = launch("sqlite:///database.db").start()) {
      ApiClient api = ApiClient.of(scheduler).withKey(KEY);
      scheduler.awaitReady();
      scheduler.stderr().await("code jobs run at rung [123] ", Scheduler.PATIENCE);
      assumeTrue(scheduler.stderr().with("code jobs run at rung 1").isEmpty(), "no namespaces");
      assertThat(api.get("/health/ready").body()).contains("\"code\":\"rung ");
      Reply created =
          api.post(
              "/api/v1/jobs",
              """
              {"name": "slow", "schedule_expr": "0 3 * * *",
               "payload": {"type": "shell_script", "script": "echo step 1; sleep 303; echo step 2"}}
              """);
      String at = "/api/v1/jobs/" + created.object().get("id");
      assertThat(api.get(at + "/output").list("running")).isEmpty();
      api.post(at + "/run", "{}");
      await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> api.get(at + "/output").body().contains("\"logs\":\"step 1\\n\""));
      assertThat(api.get(at + "/output").list("running").get(0))
          .containsEntry("callback", "shell_script")
          .containsEntry("bytes", 7L);
      assertThat(api.get("/api/v1/jobs/999/output").status()).isEqualTo(404);
      assertThat(scheduler.stderr().with("code jobs run at rung")).hasSize(1);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(runs("303")).isFalse();
  }

  /** What the first run of a new job printed. */
  private static String logs(ApiClient api, String job) {
    Reply created = api.post("/api/v1/jobs", job);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String at = "/api/v1/jobs/" + created.object().get("id");
    assertTimes(api.get(at).object(), "created_at", "updated_at", "next_run_at");
    assertThat(api.post(at + "/run", "{}").status()).isEqualTo(202);
    await()
        .atMost(Scheduler.PATIENCE)
        .until(() -> !api.get(at + "/runs?status=success").list("runs").isEmpty());
    Map<String, Object> run = api.get(at + "/runs").list("runs").get(0);
    assertThat(run).as(run.toString()).containsEntry("status", "success");
    assertTimes(run, "started_at", "finished_at", "scheduled_at");
    assertTimes(api.get(at).object(), "last_run_at");
    assertThat(api.get(at + "/runs").object()).containsEntry("page", 1L).containsEntry("size", 10L);
    return run.get("logs").toString();
  }

  /** The form of the service: a date, T, a time and its offset, as clients parse it. */
  private static void assertTimes(Map<String, Object> shown, String... members) {
    for (String member : members) {
      assertThat(OffsetDateTime.parse(shown.get(member).toString())).as(member).isNotNull();
    }
  }

  private static boolean runs(String mark) {
    return ProcessHandle.allProcesses()
        .anyMatch(
            process ->
                process.info().arguments().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(mark::equals));
  }
}
