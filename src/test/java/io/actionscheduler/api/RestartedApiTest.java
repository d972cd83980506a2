package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.fire.KeptBulk;
import io.actionscheduler.fire.Store;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.SqliteTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the time before a start. */
class RestartedApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static String job(ApiClient api, String name) {
    return api.post(
            "/api/v1/jobs", "{\"name\": \"" + name + "\", \"schedule_expr\": \"0 3 * * *\"}")
        .header("Location");
  }

  private static List<Map<String, Object>> changes(ApiClient api, String job) {
    return api.get(job + "/changes").list("changes");
  }

  @Test
  void whatOthersChangedAndHowFarAChangeOfManyCameIsKnownAfterAStart() throws Exception {
    List<String> jobs;
    String bulk;
    try (ApiWorld world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady()) {
      ApiClient api = world.client();
      jobs = IntStream.range(0, 4).mapToObj(i -> job(api, "job " + i)).toList();
      bulk =
          api.post("/api/v1/jobs/bulk", "{\"filter\": {\"ids\": [1, 2]}, \"operation\": \"pause\"}")
              .header("Location");
      await().atMost(PATIENCE).until(() -> !api.get(bulk).body().contains("running"));
      // As it is where the scheduler is killed before the rest.
      Store store = world.running().store();
      KeptBulk kept = store.bulk(bulk.replaceAll(".*/", "")).orElseThrow();
      store.keepBulk(
          new KeptBulk(
              kept.id(),
              kept.begunAt(),
              kept.state()
                  .replace("\"done\",", "\"running\",")
                  .replace("\"total\":2", "\"total\":9")));
      await() // all of it is stored
          .atMost(PATIENCE)
          .until(() -> api.get("/api/v1/jobs?status=disabled").object().get("total").equals(2L));
    }
    SqliteTable.at(folder).execute("UPDATE action SET name = 'theirs' WHERE id = 3");
    SqliteTable.at(folder).execute("DELETE FROM action WHERE id = 4");
    SqliteTable.at(folder)
        .execute("INSERT INTO action (id, name, command, cron) VALUES (9, 'n', 'c', '\"@daily\"')");
    try (ApiWorld world = // with another default, which is no change of any row
        ApiWorld.of(folder, config().replace("merge_missed: false", "merge_missed: true"))
            .awaitReady()) {
      ApiClient api = world.client();
      await().atMost(PATIENCE).until(() -> !changes(api, "/api/v1/jobs/9").isEmpty());

      Map<String, Object> theirs = changes(api, jobs.get(2)).get(0);
      assertThat(theirs).containsEntry("via", "another_program").containsEntry("kind", "changed");
      assertThat(theirs.get("before").toString()).contains("name=job 2");
      assertThat(theirs.get("after").toString()).contains("name=theirs");
      assertThat(changes(api, jobs.get(3)).get(0)).containsEntry("kind", "removed");
      assertThat(changes(api, jobs.get(0))).hasSize(2); // created and paused, by the API
      assertThat(api.get(bulk).object())
          .containsEntry("status", "interrupted")
          .containsEntry("total", 9L)
          .containsEntry("changed", 2L);
      assertThat(api.get(bulk + "/undo").body()).contains("job 0", "job 1");
      String undo = api.post(bulk + "/undo", null).header("Location");
      await().atMost(PATIENCE).until(() -> api.get(undo).body().contains("\"done\","));
      assertThat(api.get(undo).object()).containsEntry("changed", 2L);
      assertThat(api.get(jobs.get(0)).object()).containsEntry("enabled", true);
      assertThat(api.get(jobs.get(2)).object()).containsEntry("name", "theirs");
    }
  }

  private String config() {
    String database = folder.resolve("database.db").toString();
    return ApiWorld.OPEN
        + """
          timezone: UTC
          actions_db: {dialect: sqlite, database: "%1$s"}
          internal_db: {dialect: sqlite, database: "%1$s"}
          action:
            callback: quiet
            defaults: {merge_missed: false, actuality_time: -1}
          callbacks:
            quiet: {type: process, command: [cat]}
            away: {type: webhook, url: "http://127.0.0.1:1/"}
          """
            .formatted(database);
  }

  @Test
  void anActionThatFailedBeforeTheStartStillFails() {
    String quiet = "quiet: {type: process, command: [cat]}";
    String fails = "quiet: {type: process, command: [sh, -c, exit 3], retry: {max_retries: 0}}";
    String hangs = "quiet: {type: process, command: [sleep, \"600\"]}";
    try (ApiWorld world = ApiWorld.of(folder, config().replace(quiet, fails)).awaitReady()) {
      ApiClient api = world.client();
      api.post("/api/v1/jobs", "{\"name\": \"nightly\", \"schedule_expr\": \"* * * * * *\"}");
      awaitFailing(api);
    }
    String after = config().replace(quiet, hangs) + "shutdown_timeout: 1s\n";
    try (ApiWorld world = ApiWorld.of(folder, after).awaitReady()) { // where no fire ends
      awaitFailing(world.client());
    }
  }

  private static void awaitFailing(ApiClient api) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/overview").list("problems"))
                    .anyMatch(
                        one ->
                            one.get("message")
                                .toString()
                                .startsWith("nightly failed: no retries: ")));
  }

  @Test
  void whyNamesTheOutageOfTheTarget() {
    try (ApiWorld world = ApiWorld.of(folder, config()).awaitReady()) {
      ApiClient api = world.client();
      api.post(
          "/api/v1/jobs",
          "{\"name\": \"n\", \"schedule_expr\": \"1s\", \"payload\": {\"type\": \"away\"}}");
      Instant from = Instant.now();
      String why = "/api/v1/jobs/1/why?at=" + from.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(api.get(why).body()).contains("target_outage"));
      Map<String, Object> answer = api.get(why).list("answers").get(0);
      assertThat(answer).containsEntry("verdict", "pending");
      assertThat(answer.get("words").toString())
          .contains("the target was unavailable from", "until now", "127.0.0.1:1");
    }
  }
}
