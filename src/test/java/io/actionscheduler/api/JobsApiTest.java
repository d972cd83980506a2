package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.testing.SqliteTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs over HTTP: create, look, change, delete, run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path folder;
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady();
    api = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private Map<String, Object> created(String members) {
    Reply reply = api.post("/api/v1/jobs", "{" + members + "}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.object();
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> member(Object value) {
    return (Map<String, Object>) value;
  }

  private String job(String members) {
    return "/api/v1/jobs/" + created(members).get("id");
  }

  @Test
  void aJobComesBackAsItWasSent() {
    Reply reply =
        api.post(
            "/api/v1/jobs",
            """
            {"name": "report", "schedule_expr": "*/10 * * * *", "timezone": "Europe/Berlin",
             "payload": {"type": "loud", "dataset": "users", "n": 3},
             "retry_policy": {"max_retries": 3, "retry_delay": 60, "backoff_factor": 2}, "owner_id": "math"}
            """);

    assertThat(reply.status()).isEqualTo(201);
    Map<String, Object> job = reply.object();
    assertThat(reply.header("Location")).isEqualTo("/api/v1/jobs/" + job.get("id"));
    assertThat(reply.header("ETag")).isNotEmpty();
    assertThat(job)
        .containsEntry("name", "report")
        .containsEntry("command", "report")
        .containsEntry("schedule_expr", "*/10 * * * *")
        .containsEntry("timezone", "Europe/Berlin")
        .containsEntry("payload", Map.of("type", "loud", "dataset", "users", "n", 3L))
        .containsEntry(
            "retry_policy", Map.of("max_retries", 3L, "retry_delay", 60L, "backoff_factor", 2L))
        .containsEntry("owner_id", "math")
        .containsEntry("status", "fires")
        .containsEntry("enabled", true);
    assertThat(OffsetDateTime.parse(job.get("next_run_at").toString()).getMinute() % 10).isZero();
    assertThat(api.get(reply.header("Location")).object()).isEqualTo(job);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"5m\"', '5m'",
    "'\"2030-12-31T23:59:59Z\"', '2030-12-31T23:59:59Z'",
    "'\"@daily\"', '@daily'",
    "'{\"format\": \"apscheduler\", \"params\": {\"hour\": \"*/2\"}}', "
  })
  void everyFormOfScheduleIsTaken(String written, String shown) {
    Map<String, Object> job = created("\"name\": \"n\", \"schedule_expr\": " + written);

    if (shown != null) {
      assertThat(job).containsEntry("schedule_expr", shown);
    } else {
      assertThat(job.get("schedule_expr")).isInstanceOf(Map.class);
    }
    assertThat(job.get("next_run_at")).isNotNull();
  }

  @Test
  void anIntervalCountsFromTheCreation() {
    Map<String, Object> job = created("\"name\": \"n\", \"schedule_expr\": \"7m\"");

    OffsetDateTime createdAt = OffsetDateTime.parse(job.get("created_at").toString());
    Duration first =
        Duration.between(createdAt, OffsetDateTime.parse(job.get("next_run_at").toString()));
    assertThat(first).isBetween(Duration.ofMinutes(7).minusSeconds(2), Duration.ofMinutes(7));
  }

  @Test
  void patchChangesWhatItNamesAndNothingElse() {
    String job =
        job(
            "\"name\": \"a\", \"schedule_expr\": \"5m\", \"payload\": {\"type\": \"loud\", \"x\": 1},"
                + " \"owner_id\": \"o\"");
    Map<String, Object> before = api.get(job).object();

    Reply reply =
        api.send("PATCH", job, "{\"name\": \"b\", \"schedule_expr\": \"5m\", \"owner_id\": null}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    Map<String, Object> after = reply.object();
    assertThat(after)
        .containsEntry("name", "b")
        .containsEntry("owner_id", null)
        .containsEntry("next_run_at", before.get("next_run_at")) // it goes on counting
        .containsEntry("payload", before.get("payload"))
        .containsEntry("command", "a");
  }

  @Test
  void putLeavesNothingOfTheJobBefore() {
    String job =
        job(
            "\"name\": \"a\", \"schedule_expr\": \"@daily\", \"owner_id\": \"o\","
                + " \"merge_missed\": true, \"retry_policy\": {\"max_retries\": 1}");

    Reply reply = api.send("PUT", job, "{\"name\": \"b\", \"schedule_expr\": \"@hourly\"}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.object())
        .containsEntry("name", "b")
        .containsEntry("owner_id", null)
        .containsEntry("merge_missed", null)
        .containsEntry("retry_policy", null)
        .containsEntry("schedule_expr", "@hourly");
  }

  @Test
  void putByNameCreatesOnceAndChangesThen() {
    String path = "/api/v1/jobs/by-name/billing%20run";

    Reply first = api.send("PUT", path, "{\"schedule_expr\": \"@daily\"}");
    Reply second = api.send("PUT", path, "{\"schedule_expr\": \"@hourly\"}");

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.object())
        .containsEntry("id", first.object().get("id"))
        .containsEntry("name", "billing run")
        .containsEntry("schedule_expr", "@hourly");
  }

  @Test
  void aConditionOnAJobOfThatNameHoldsForItsCreationToo() {
    String path = "/api/v1/jobs/by-name/expected";
    String body = "{\"schedule_expr\": \"@daily\"}";

    for (String tag : List.of("*", "\"of-a-deleted-job\"")) {
      Reply refused = api.with("If-Match", tag).send("PUT", path, body);
      assertThat(refused.status()).as(refused.body()).isEqualTo(412);
      assertThat(refused.body()).contains("there is no job of this name");
    }
    assertThat(api.get("/api/v1/jobs?q=expected").object()).containsEntry("total", 0L);

    String tag = api.send("PUT", path, body).header("ETag");
    assertThat(api.with("If-Match", tag).send("PUT", path, body).status()).isEqualTo(200);
    Reply late = api.with("If-Match", tag).send("PUT", path, "{\"schedule_expr\": \"@hourly\"}");
    assertThat(late.status()).as(late.body()).isEqualTo(412);
    assertThat(member(late.object().get("current"))).containsEntry("schedule_expr", "@daily");
  }

  @Test
  void aNameThatSeveralHaveIsNoAddress() {
    job("\"name\": \"twice\", \"schedule_expr\": \"@daily\"");
    job("\"name\": \"twice\", \"schedule_expr\": \"@daily\"");

    assertThat(
            api.send("PUT", "/api/v1/jobs/by-name/twice", "{\"schedule_expr\": \"@hourly\"}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void aDeletedJobIsGone() {
    String job = job("\"name\": \"a\", \"schedule_expr\": \"@daily\"");

    assertThat(api.send("DELETE", job, null).status()).isEqualTo(204);
    assertThat(api.get(job).status()).isEqualTo(404);
    assertThat(api.send("DELETE", job, null).status()).isEqualTo(404);
    assertThat(api.send("PATCH", job, "{\"name\": \"b\"}").status()).isEqualTo(404);
    assertThat(api.post(job + "/run", null).status()).isEqualTo(404);
  }

  @Test
  void aPausedJobDoesNotFireUntilItIsResumed() {
    String job = job("\"name\": \"a\", \"schedule_expr\": \"@daily\"");

    assertThat(api.post(job + "/pause", null).object())
        .containsEntry("enabled", false)
        .containsEntry("status", "disabled")
        .containsEntry("next_run_at", null);
    assertThat(api.post(job + "/resume", null).object())
        .containsEntry("enabled", true)
        .containsEntry("status", "fires");
  }

  @Test
  void whoHasSeenAnOlderVersionChangesNothing() throws Exception {
    String job = job("\"name\": \"a\", \"schedule_expr\": \"@daily\"");
    String tag = api.get(job).header("ETag");
    SqliteTable.at(folder)
        .execute("UPDATE action SET name = 'theirs' WHERE id = " + job.replaceAll(".*/", ""));

    Reply reply = api.with("If-Match", tag).send("PATCH", job, "{\"name\": \"mine\"}");

    assertThat(reply.status()).isEqualTo(412);
    assertThat(member(reply.object().get("current"))).containsEntry("name", "theirs");
    assertThat(member(reply.object().get("proposed"))).containsEntry("name", "mine");
    assertThat(api.get(job).object()).containsEntry("name", "theirs");
    assertThat(api.with("If-Match", tag).send("DELETE", job, null).status()).isEqualTo(412);
    String fresh = api.get(job).header("ETag");
    assertThat(api.with("If-Match", fresh).send("PATCH", job, "{\"name\": \"mine\"}").status())
        .isEqualTo(200);
    assertThat(api.with("If-None-Match", fresh).get(job).status()).isEqualTo(200);
    assertThat(api.with("If-None-Match", api.get(job).header("ETag")).get(job).status())
        .isEqualTo(304);
  }

  @Test
  void ofManyThatPutOneNameAtOnceExactlyOneCreatesTheJob() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 5; round++) {
        String path = "/api/v1/jobs/by-name/raced%20" + round;
        List<Future<Integer>> answers =
            IntStream.range(0, 16)
                .mapToObj(
                    i ->
                        clients.submit(
                            () ->
                                api.send("PUT", path, "{\"schedule_expr\": \"@daily\"}").status()))
                .toList();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get(60, TimeUnit.SECONDS));
        }
        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
      }
      assertThat(api.get("/api/v1/jobs?q=raced").object()).containsEntry("total", 5L);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void ofAHundredThatChangeOneVersionAtOnceExactlyOneWins() throws Exception {
    String job = job("\"name\": \"a\", \"schedule_expr\": \"@daily\"");
    ExecutorService clients = Executors.newFixedThreadPool(100);
    try {
      for (int round = 0; round < 3; round++) {
        ApiClient seen = api.with("If-Match", api.get(job).header("ETag"));
        String name = "round " + round + " of ";
        List<Future<Integer>> answers =
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        clients.submit(
                            () ->
                                seen.send("PATCH", job, "{\"name\": \"" + name + i + "\"}")
                                    .status()))
                .toList();
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          int status = answers.get(i).get(60, TimeUnit.SECONDS);
          assertThat(status).isIn(200, 412);
          if (status == 200) {
            winners.add(i);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(api.get(job).object()).containsEntry("name", name + winners.get(0));
      }
      assertThat(api.get(job + "/changes").list("changes")).hasSize(4); // with its creation
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aRunByHandIsAmongTheRuns() {
    String job =
        job(
            "\"name\": \"hand\", \"schedule_expr\": \"2050-01-01T00:00:00Z\", \"command\": \"hello\","
                + " \"payload\": {\"type\": \"loud\"}");

    Reply started = api.post(job + "/run", null);

    assertThat(started.status()).isEqualTo(202);
    await()
        .atMost(PATIENCE)
        .until(() -> !api.get(job + "/runs?status=success").list("runs").isEmpty());
    Reply runs = api.get(job + "/runs?page=1&size=10");
    assertThat(runs.object()).containsEntry("total", 1L).containsEntry("size", 10L);
    Map<String, Object> run = runs.list("runs").get(0);
    assertThat(run)
        .containsEntry("status", "success")
        .containsEntry("cause", "manual")
        .containsEntry("logs", "hello\n")
        .containsEntry("retry_count", 0L)
        .containsEntry("fire_id", started.object().get("fire_id"));
    assertThat(api.get("/api/v1/runs/" + run.get("id")).object()).isEqualTo(run);
    assertThat(api.get("/api/v1/runs?cause=manual&job_id=" + run.get("job_id")).list("runs"))
        .containsExactly(run);
    assertThat(api.get(job).object())
        .containsEntry("last_run_at", run.get("started_at"))
        .containsEntry("last_run_status", "success");
  }

  @Test
  void aJobFiresBeforeAnyPollCouldFindItAndAChangeHoldsAtOnce() {
    String job =
        job("\"name\": \"n\", \"schedule_expr\": \"1s\", \"payload\": {\"type\": \"loud\"}");

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.get(job + "/runs").list("runs").stream()
                    .anyMatch(run -> run.get("logs").equals("n\n")));
    api.send("PATCH", job, "{\"command\": \"changed\"}");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.get(job + "/runs").list("runs").stream()
                    .anyMatch(run -> run.get("logs").equals("changed\n")));
    api.send("DELETE", job, null);
    long number = Long.parseLong(job.replaceAll(".*/", ""));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                world.running().engine().upcoming(1000).get().stream()
                    .noneMatch(one -> one.action().id().text().equals("" + number)));
  }

  @Test
  void pagesOfJobsFollowEachOther() {
    for (int i = 0; i < 7; i++) {
      job(
          "\"name\": \"paged %d\", \"schedule_expr\": \"@daily\", \"owner_id\": \"pager\""
              .formatted(i));
    }

    Reply first = api.get("/api/v1/jobs?owner_id=pager&size=3");
    Reply second = api.get("/api/v1/jobs?owner_id=pager&size=3&page=2");
    Reply third =
        api.get("/api/v1/jobs?owner_id=pager&size=3&cursor=" + second.object().get("next_cursor"));

    assertThat(first.object()).containsEntry("total", 7L).containsEntry("page", 1L);
    assertThat(names(first)).containsExactly("paged 0", "paged 1", "paged 2");
    assertThat(names(second)).containsExactly("paged 3", "paged 4", "paged 5");
    assertThat(names(third)).containsExactly("paged 6");
    assertThat(third.object()).containsEntry("next_cursor", null);
    assertThat(names(api.get("/api/v1/jobs?q=AGED%203"))).containsExactly("paged 3");
  }

  private static List<Object> names(Reply reply) {
    return reply.list("jobs").stream().map(job -> job.get("name")).toList();
  }

  @Test
  void theSameCallbackHasThreeNames() {
    for (String type :
        List.of(
            "\"payload\": {\"type\": \"loud\"}",
            "\"job_type\": \"loud\"",
            "\"callback\": \"loud\"")) {
      assertThat(
              api.post("/jobs", "{\"name\": \"n\", \"cron_expression\": \"@daily\", " + type + "}")
                  .object())
          .containsEntry("job_type", "loud");
    }
  }

  @Test
  void whoChangedAJobIsKept() throws Exception {
    String job = job("\"name\": \"a\", \"schedule_expr\": \"@daily\"");
    api.with("X-Request-ID", "my-request").send("PATCH", job, "{\"name\": \"b\"}");
    api.send("DELETE", job, null);

    List<Map<String, Object>> changes = api.get(job + "/changes").list("changes");

    assertThat(changes)
        .extracting(one -> one.get("kind"))
        .containsExactly("removed", "changed", "created");
    assertThat(changes.get(1))
        .containsEntry("editor", "loopback")
        .containsEntry("via", "api")
        .containsEntry("request_id", "my-request");
    assertThat(member(changes.get(1).get("before"))).containsEntry("name", "a");
    assertThat(member(changes.get(1).get("after"))).containsEntry("name", "b");
  }
}
