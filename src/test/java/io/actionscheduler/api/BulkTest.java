package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.text.ActionRows;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Changes of many jobs at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkTest {
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady();
    api = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private void jobs(String owner, int count) {
    for (int i = 0; i < count; i++) {
      api.post(
          "/api/v1/jobs",
          "{\"name\": \"%s %d\", \"schedule_expr\": \"@daily\", \"owner_id\": \"%s\"}"
              .formatted(owner, i, owner));
    }
  }

  private Map<String, Object> done(String body) {
    Reply begun = api.post("/api/v1/jobs/bulk", body);
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    String bulk = begun.header("Location");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get(bulk).object().get("status").equals("done"));
    return api.get(bulk).object();
  }

  private long count(String query) {
    return (Long) api.get("/api/v1/jobs?" + query).object().get("total");
  }

  @Test
  void firstItIsCountedThenDoneAndThenItMayBeUndone() throws Exception {
    jobs("many", 12);
    String body =
        "{\"filter\": {\"owner_id\": \"many\"}, \"operation\": \"set\", \"set\": {\"timezone\": \"Asia/Tokyo\"}}";

    assertThat(api.post("/api/v1/jobs/bulk?dry_run=true", body).object())
        .containsEntry("matches", 12L);
    assertThat(api.get("/api/v1/jobs?owner_id=many&size=1").list("jobs").get(0))
        .containsEntry("timezone", "UTC");
    Map<String, Object> bulk = done(body);

    assertThat(bulk)
        .containsEntry("total", 12L)
        .containsEntry("changed", 12L)
        .containsEntry("failed", 0L);
    assertThat(api.get("/api/v1/jobs?owner_id=many&size=50").list("jobs"))
        .allSatisfy(job -> assertThat(job).containsEntry("timezone", "Asia/Tokyo"));
    assertThat(Json.parse(api.get(bulk.get("results").toString()).body()))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .extracting(one -> one.get("result"))
        .hasSize(12)
        .containsOnly("changed");
    String undo = api.get(bulk.get("undo").toString()).body();
    assertThat(undo).doesNotContain("Tokyo");
    assertThat(ActionRows.read(undo)) // as the command actions import reads it
        .hasSize(12)
        .allSatisfy(row -> assertThat(row).containsEntry("owner_id", "many").containsKey("id"));
  }

  @Test
  void pausedResumedAndDeleted() {
    jobs("group", 5);
    String filter = "{\"filter\": {\"q\": \"group\"}, \"operation\": \"%s\"}";

    done(filter.formatted("pause"));
    await().atMost(Duration.ofSeconds(60)).until(() -> count("q=group&status=disabled") == 5);
    done("{\"filter\": {\"q\": \"group\", \"status\": \"disabled\"}, \"operation\": \"resume\"}");
    await().atMost(Duration.ofSeconds(60)).until(() -> count("q=group&status=fires") == 5);
    done(filter.formatted("delete"));
    assertThat(count("q=group")).isZero();
  }

  private Map<String, Object> undone(Map<String, Object> bulk) {
    Reply begun = api.post("/api/v1/bulk/" + bulk.get("id") + "/undo", null);
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get(begun.header("Location")).object().get("status").equals("done"));
    return api.get(begun.header("Location")).object();
  }

  @Test
  void aChangeIsUndoneButForRowsThatSomebodyChangedMeanwhile() {
    jobs("undo", 3);
    Map<String, Object> bulk =
        done(
            "{\"filter\": {\"owner_id\": \"undo\"}, \"operation\": \"set\", \"set\": {\"timezone\": \"Asia/Tokyo\"}}");
    List<Map<String, Object>> changed = api.get("/api/v1/jobs?owner_id=undo").list("jobs");
    api.send("PATCH", "/api/v1/jobs/" + changed.get(0).get("id"), "{\"name\": \"renamed\"}");
    api.send("PATCH", "/api/v1/jobs/" + changed.get(1).get("id"), "{\"timezone\": \"Asia/Seoul\"}");

    Map<String, Object> undo = undone(bulk);

    assertThat(undo).containsEntry("operation", "undo").containsEntry("changed", 2L);
    assertThat(undo.get("failures").toString()).contains("somebody changed it meanwhile");
    assertThat(api.get(undo.get("results").toString()).body())
        .contains("\"changed\"", "\"failed\"", "somebody changed it meanwhile");
    assertThat(api.get("/api/v1/jobs?owner_id=undo").list("jobs"))
        .extracting(job -> job.get("name") + " " + job.get("timezone"))
        .containsExactly("renamed UTC", "undo 1 Asia/Seoul", "undo 2 UTC");
    assertThat(undone(undo)).containsEntry("changed", 2L); // what was undone is done again
    assertThat(api.get("/api/v1/jobs?owner_id=undo").list("jobs").get(0))
        .containsEntry("timezone", "Asia/Tokyo");
  }

  @Test
  void deletedRowsComeBackAsTheyWereUnderTheirIds() {
    jobs("gone", 3);
    List<Object> before =
        api.get("/api/v1/jobs?owner_id=gone").list("jobs").stream()
            .map(job -> job.get("id") + " " + job.get("name") + " " + job.get("schedule_expr"))
            .map(Object.class::cast)
            .toList();
    Map<String, Object> bulk =
        done("{\"filter\": {\"owner_id\": \"gone\"}, \"operation\": \"delete\"}");
    assertThat(count("owner_id=gone")).isZero();
    Map<String, Object> undo = undone(bulk);
    assertThat(api.get("/api/v1/jobs?owner_id=gone").list("jobs"))
        .extracting(job -> job.get("id") + " " + job.get("name") + " " + job.get("schedule_expr"))
        .isEqualTo(before);
    assertThat(undone(undo)).containsEntry("changed", 3L);
    assertThat(count("owner_id=gone")).isZero();
  }

  @Test
  void aJobThatCannotBeChangedHoldsUpNoOther() {
    jobs("mixed", 3);
    Map<String, Object> bulk =
        done(
            "{\"filter\": {\"owner_id\": \"mixed\"}, \"operation\": \"set\", \"set\": {\"timezone\": \"Mars/Olympus\"}}");

    assertThat(bulk).containsEntry("failed", 3L).containsEntry("changed", 0L);
    assertThat(bulk.get("failures").toString()).contains("Mars/Olympus");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String body :
        List.of(
            "{\"operation\": \"pause\"}",
            "{\"filter\": {}, \"operation\": \"explode\"}",
            "{\"filter\": {}, \"operation\": \"set\"}",
            "{\"filter\": {}, \"operation\": \"set\", \"set\": {}}",
            "{\"filter\": {}, \"operation\": \"pause\", \"set\": {\"name\": \"x\"}}",
            "{\"filter\": {\"owner\": \"x\"}, \"operation\": \"pause\"}")) {
      assertThat(api.post("/api/v1/jobs/bulk", body).status()).as(body).isEqualTo(422);
    }
    assertThat(api.get("/api/v1/bulk/none").status()).isEqualTo(404);
  }
}
