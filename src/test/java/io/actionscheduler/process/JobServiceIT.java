package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample configuration {@code job-scheduler}, called as its users call the service it replaces.
 */
class JobServiceIT {
  private static final Path CONFIG =
      Path.of("sample_configs/job-scheduler/config.yaml").toAbsolutePath();

  @TempDir Path folder;

  private Launch launch() throws IOException {
    return Launch.in(folder)
        .config(Files.readString(CONFIG))
        .env("HTTP__PORT", "0")
        .env("MAX_CONCURRENT_JOBS", "3")
        .env("DATABASE_URL", "sqlite:///scheduler.db");
  }

  @Test
  void theCallsOfTheServiceWork() throws Exception {
    try (Scheduler scheduler = launch().start()) {
      ApiClient api = ApiClient.of(scheduler);
      scheduler.awaitReady();

      Reply backup =
          api.post(
              "/jobs",
              """
              {"name": "Weekly backup", "cron_expression": "0 2 * * 1", "job_type": "data_processing"}
              """);
      Reply reminder =
          api.post(
              "/jobs",
              """
              {"name": "Daily reminder", "cron_expression": "0 9 * * *", "job_type": "email_notification",
               "parameters": {"recipient": "admin@company.com", "subject": "Daily report ready"}}
              """);
      Reply sync =
          api.post(
              "/jobs",
              """
              {"name": "Hourly data sync", "cron_expression": "0 * * * *", "job_type": "data_processing",
               "parameters": {"dataset": "user_events"}}
              """);

      assertThat(List.of(backup.status(), reminder.status(), sync.status())).containsOnly(201);
      assertThat(backup.header("Location")).isEqualTo("/jobs/1");
      List<?> all = (List<?>) api.get("/jobs").json();
      assertThat(all).hasSize(3);
      Map<String, Object> first = api.get("/jobs/1").object();
      assertThat(first)
          .containsEntry("id", 1L)
          .containsEntry("name", "Weekly backup")
          .containsEntry("cron_expression", "0 2 * * 1")
          .containsEntry("job_type", "data_processing")
          .containsEntry("last_run_at", null);
      OffsetDateTime next = OffsetDateTime.parse(first.get("next_run_at").toString());
      assertThat(next.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY); // 1 is Monday
      assertThat(next.getHour()).isEqualTo(2);
    }
  }

  @Test
  void aJobIsScheduledAsSoonAsItIsCreatedAndItsRunIsTold() throws Exception {
    try (Scheduler scheduler = launch().env("TRACK_CHANGES_PERIOD", "3600").start()) {
      ApiClient api = ApiClient.of(scheduler);
      scheduler.awaitReady();

      api.post(
          "/jobs",
          """
          {"name": "sync", "cron_expression": "1s", "job_type": "data_processing",
           "parameters": {"dataset": "user_events"}}
          """);
      await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> !api.get("/api/v1/jobs/1/runs?status=success").list("runs").isEmpty());

      Map<String, Object> run = api.get("/api/v1/jobs/1/runs?status=success").list("runs").get(0);
      assertThat(run).containsEntry("status", "success").containsEntry("job_id", 1L);
      assertThat(run.get("logs").toString()).contains("sync: user_events", "{\"dataset\"");
      assertThat(api.get("/jobs/1").object().get("last_run_at")).isNotNull();
    }
  }

  @Test
  void ofRequestsThatAKillCutOffEachMakesOneJobWhenItComesAgain() throws Exception {
    List<Integer> numbers = IntStream.range(0, 60).boxed().toList();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (Scheduler scheduler = launch().start()) {
      ApiClient api = ApiClient.of(scheduler);
      scheduler.awaitReady();
      CountDownLatch some = new CountDownLatch(20);
      numbers.forEach(
          number ->
              clients.submit(
                  () -> {
                    create(api, number);
                    some.countDown();
                  }));
      assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
      scheduler.killAndWait(); // eight of them are under way
    } finally {
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    try (Scheduler scheduler = launch().start()) {
      ApiClient api = ApiClient.of(scheduler);
      scheduler.awaitReady();
      for (int number : numbers) {
        // 409: it may have been carried out, and who asks has to look
        assertThat(create(api, number).status()).isIn(201, 409);
      }
      List<Map<String, Object>> jobs = api.get("/api/v1/jobs?size=100").list("jobs");
      assertThat(jobs)
          .extracting(job -> job.get("name"))
          .containsExactlyInAnyOrderElementsOf(
              numbers.stream().map(number -> (Object) ("job " + number)).toList());
    }
  }

  private static Reply create(ApiClient api, int number) {
    return api.with("Idempotency-Key", "key-" + number)
        .post(
            "/api/v1/jobs", "{\"name\": \"job " + number + "\", \"schedule_expr\": \"0 9 * * *\"}");
  }

  @Test
  void whatWasCreatedIsThereAfterARestart() throws Exception {
    try (Scheduler scheduler = launch().start()) {
      ApiClient api = ApiClient.of(scheduler);
      scheduler.awaitReady();
      api.post("/jobs", "{\"name\": \"kept\", \"cron_expression\": \"0 9 * * *\"}");
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    try (Scheduler scheduler = launch().start()) {
      assertThat(ApiClient.of(scheduler).get("/jobs/1").object()).containsEntry("name", "kept");
    }
  }
}
