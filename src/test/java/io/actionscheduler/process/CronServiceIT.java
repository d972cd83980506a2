package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestRedis;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The sample configuration {@code cron-service} as it is, its world around it. */
class CronServiceIT {
  private static final Path CONFIG =
      Path.of("sample_configs/cron-service/config.yaml").toAbsolutePath();
  private static final String QUEUE = "queue:to_telegram";

  @TempDir Path folder;
  private TestRedis redis;
  private TestHttp service;
  private volatile List<Map<String, Object>> jobs =
      List.of(
          Map.of("id", 1, "name", "Morning report", "cron_expression", "1s"),
          Map.of("id", 2, "name", "Никогда", "cron_expression", "0 9 * * 7"),
          Map.of("id", 3, "name", "Понедельник", "cron_expression", "0 9 * * 0"));

  @BeforeEach
  void start() throws IOException {
    redis = TestRedis.start();
    service = TestHttp.start();
    service.answer(request -> new Answer(200, Map.of(), Json.write(jobs)));
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
    redis.close();
  }

  /** The service goes by a name that is none on the internet, as it does among containers. */
  private Launch launch() {
    return Launch.in(folder)
        .file("hosts", "127.0.0.1 rest_service\n")
        .jvm("-Djdk.net.hosts.file=hosts")
        .arguments("--config", CONFIG.toString())
        .env("REST_SERVICE_URL", "http://rest_service:" + service.port())
        .env("REDIS_HOST", "127.0.0.1")
        .env("REDIS_PORT", Integer.toString(redis.port()));
  }

  private List<String> pushed(int database) {
    try (Jedis jedis = redis.connect()) {
      jedis.select(database);
      return jedis.lrange(QUEUE, 0, -1);
    }
  }

  private void awaitPushed(int database, int count) {
    await().atMost(Scheduler.PATIENCE).until(() -> pushed(database).size() >= count);
  }

  @Test
  void jobsOfTheServiceNotifyThroughRedis() throws Exception {
    try (Scheduler scheduler = launch().env("REDIS_DB", "3").env("TELEGRAM_ID", "42").start()) {
      scheduler.awaitReady();
      awaitPushed(3, 2);
      assertThat(Json.parse(pushed(3).get(0)))
          .isEqualTo(
              Map.of(
                  "chat_id",
                  42L,
                  "response",
                  "Запланированная задача: Morning report",
                  "status",
                  "success"));
      assertThat(scheduler.stderr().with("action rest:2 \"Никогда\": cron_expression")).hasSize(1);
      assertThat(service.taken().get(0).path()).isEqualTo("/api/cronjobs/");
      assertThat(service.taken().get(0).headers())
          .containsEntry("Host", "rest_service:" + service.port());
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().all()).isEmpty();
    }
  }

  @Test
  void aJobThatIsGoneStopsAndOneThatIsNewBegins() throws Exception {
    try (Scheduler scheduler = launch().env("TRACK_CHANGES_PERIOD", "1").start()) {
      awaitPushed(0, 1);
      jobs = List.of(Map.of("id", 4, "name", "New", "cron_expression", "1s"));
      await().atMost(Scheduler.PATIENCE).until(() -> pushed(0).toString().contains("New"));
      int before = pushed(0).size();
      awaitPushed(0, before + 3);
      assertThat(pushed(0).subList(before, before + 3))
          .allSatisfy(
              message ->
                  assertThat(((Map<?, ?>) Json.parse(message)).get("response").toString())
                      .endsWith("New"));
      assertThat(Json.parse(pushed(0).get(before)))
          .isInstanceOfSatisfying(
              Map.class, message -> assertThat(message.get("chat_id")).isEqualTo(0L));
    }
  }

  @Test
  void aServiceThatIsAwayKeepsItsJobsRunning() throws Exception {
    try (Scheduler scheduler =
        launch().env("TRACK_CHANGES_PERIOD", "1").env("REST__TRY_DELAY", "100ms").start()) {
      awaitPushed(0, 1);
      AtomicInteger asked = new AtomicInteger();
      service.answer(
          request -> {
            asked.incrementAndGet();
            return Answer.of(503);
          });
      scheduler
          .stderr()
          .await("source rest is unavailable.*answered 503 \\(3 tries\\)", Scheduler.PATIENCE);
      assertThat(asked.get()).isGreaterThanOrEqualTo(3);
      awaitPushed(0, pushed(0).size() + 3);
      service.answer(request -> new Answer(200, Map.of(), "[]"));
      scheduler.stderr().await("source rest is available again", Scheduler.PATIENCE);
      scheduler.stderr().await("0 actions added, 0 changed, 2 removed", Scheduler.PATIENCE);
    }
  }

  @Test
  void aStartWithoutTheServiceGoesOnWithWhatItListedLast() throws Exception {
    try (Scheduler scheduler = launch().start()) {
      awaitPushed(0, 2);
      scheduler.terminate();
      scheduler.awaitExit();
    }
    service.close();
    int before = pushed(0).size();
    try (Scheduler scheduler = launch().env("REST__TRIES", "1").start()) {
      scheduler
          .stderr()
          .await("source rest is unavailable, starting with the 2 actions", Scheduler.PATIENCE);
      scheduler.awaitReady();
      awaitPushed(0, before + 2);
    }
  }
}
