package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.fire.KeptAnswer;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a change would do, why a job did not fire, whether it keeps its pace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  private String job(String members) {
    Reply reply = api.post("/api/v1/jobs", "{" + members + "}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.header("Location");
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private List<Map<String, Object>> runs(String job) {
    return api.get(job + "/runs").list("runs");
  }

  private Map<String, Object> why(String job, String at) {
    Reply reply = api.get(job + "/why?at=" + at.replace("+", "%2B"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.list("answers").get(0);
  }

  @Test
  void aDryRunShowsWhatAWriteWouldDoAndDoesNothing() {
    Reply create =
        api.post(
            "/api/v1/jobs?dry_run=true",
            "{\"name\": \"dry\", \"schedule_expr\": \"30 2 * * *\", \"timezone\": \"Europe/Berlin\"}");
    assertThat(create.status()).as(create.body()).isEqualTo(200);
    Map<String, Object> preview = map(create.object().get("preview"));
    assertThat(preview).containsEntry("before", null);
    assertThat((List<?>) map(preview.get("after")).get("next")).hasSize(10);
    assertThat(map(preview.get("after")).get("missed_fires").toString()).contains("none expires");
    assertThat(map(preview.get("busiest_minute"))).containsKeys("before", "after");
    assertThat(api.get("/api/v1/jobs?q=dry").object()).containsEntry("total", 0L);

    String job = job("\"name\": \"wet\", \"schedule_expr\": \"@daily\"");
    Map<String, Object> before = api.get(job).object();
    Map<String, Object> change =
        api.send("PATCH", job + "?dry_run=true", "{\"schedule_expr\": \"@hourly\"}").object();
    assertThat(map(change.get("job"))).containsEntry("schedule_expr", "@hourly");
    assertThat(map(change.get("preview")).get("before")).isNotNull();
    assertThat(api.send("DELETE", job + "?dry_run=true", null).status()).isEqualTo(200);
    assertThat(api.post(job + "/pause?dry_run=true", null).object()).containsEntry("dry_run", true);
    assertThat(api.get(job).object()).isEqualTo(before);
    assertThat(
            api.post(
                    "/api/v1/jobs?dry_run=true",
                    "{\"name\": \"x\", \"schedule_expr\": \"0 0 30 2 *\"}")
                .body())
        .contains("\"never_fires\":true");
  }

  @Test
  void whyTellsTheRunOfAMomentAndWhatStoodInItsWay() {
    String job = job("\"name\": \"often\", \"schedule_expr\": \"1s\"");
    await().atMost(PATIENCE).until(() -> runs(job).size() > 2);
    Map<String, Object> run = runs(job).get(1);

    Map<String, Object> delivered = why(job, run.get("scheduled_at").toString());

    assertThat(delivered).containsEntry("verdict", "delivered").containsEntry("callback", "quiet");
    assertThat(map(delivered.get("run"))).containsEntry("id", run.get("id"));
    assertThat(why(job, "2001-01-01T00:00:00Z")).containsEntry("verdict", "unknown");

    api.post(job + "/pause", null);
    Instant paused = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(paused.plusSeconds(3)));
    api.post(job + "/resume", null);
    int count = runs(job).size();
    await()
        .atMost(PATIENCE)
        .until(() -> api.get(job + "/runs").object().get("total") instanceof Long n && n > count);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Object> answer = why(job, paused.plusSeconds(2).toString());
              assertThat(answer).containsEntry("verdict", "paused");
              assertThat(map(answer.get("change"))).containsEntry("via", "api");
            });
    api.send("PATCH", job, "{\"schedule_expr\": \"2050-01-01T00:00:00Z\"}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        why(
                            job,
                            Instant.now()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .plusSeconds(5)
                                .toString()))
                    .containsEntry("verdict", "not_scheduled")
                    .containsKey("next_scheduled_at"));
    assertThat(why(job, run.get("scheduled_at").toString())).containsEntry("verdict", "delivered");
  }

  @Test
  void whyAnswersOnlyWhereThereIsSomethingToAnswer() {
    String job = job("\"name\": \"x\", \"schedule_expr\": \"@daily\"");

    assertThat(api.get(job + "/why").status()).isEqualTo(400);
    assertThat(api.get(job + "/why?at=yesterday").status()).isEqualTo(400);
    assertThat(api.get("/api/v1/jobs/987654/why?at=2026-01-01T00:00:00Z").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/jobs/987654/cadence").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/jobs/987654/changes").status()).isEqualTo(404);
    api.send("DELETE", job, null);
    for (String asked : new String[] {"/why?at=2026-01-01T00:00:00Z", "/cadence", "/changes"}) {
      assertThat(api.get(job + asked).status()).as("of a deleted job: " + asked).isEqualTo(200);
    }
  }

  @Test
  void cadenceHoldsWhatWasAskedAgainstWhatWasDelivered() {
    String job = job("\"name\": \"pace\", \"schedule_expr\": \"1s\"");
    await().atMost(PATIENCE).until(() -> runs(job).size() > 3);

    Map<String, Object> cadence = api.get(job + "/cadence").object();

    assertThat((Long) cadence.get("asked")).isGreaterThanOrEqualTo(3);
    assertThat((Long) map(cadence.get("outcomes")).get("delivered")).isGreaterThanOrEqualTo(3);
    assertThat(cadence).containsEntry("interval", 1.0).containsEntry("outlasts_interval", false);
    assertThat((Double) cadence.get("median_duration")).isPositive();
    api.send("DELETE", job, null);
  }

  @Test
  void aRequestThatComesAgainIsCarriedOutOnce() {
    ApiClient again = api.with("Idempotency-Key", "order-4711");
    String job = "{\"name\": \"once\", \"schedule_expr\": \"@daily\"}";

    Reply first = again.post("/api/v1/jobs", job);
    Reply second = again.post("/api/v1/jobs", job);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(api.get("/api/v1/jobs?q=once").object()).containsEntry("total", 1L);
    assertThat(again.post("/api/v1/jobs", job.replace("once", "twice")).status()).isEqualTo(422);
    assertThat(again.post(first.header("Location") + "/run", null).status()).isEqualTo(422);
  }

  /** What the store holds when the program is killed before the answer of a request is kept. */
  private void loseAnswer(String key, String requestId) throws StoreException {
    Store store = world.running().store();
    KeptAnswer kept = store.answer("loopback", key, Instant.EPOCH).orElseThrow();
    store.keepAnswer(
        new KeptAnswer(
            "loopback",
            key,
            kept.fingerprint(),
            kept.answeredAt(),
            "{\"begun\": \"" + requestId + "\"}"),
        Instant.EPOCH);
  }

  @Test
  void aRequestWhoseAnswerWasLostInACrashMakesNoSecondJob() throws Exception {
    ApiClient client = api.with("Idempotency-Key", "killed-1").with("X-Request-ID", "r-killed-1");
    String job = "{\"name\": \"killed\", \"schedule_expr\": \"@daily\"}";
    Reply first = client.post("/api/v1/jobs", job);
    assertThat(first.status()).as(first.body()).isEqualTo(201);

    loseAnswer("killed-1", "r-killed-1"); // behind the row and the record of who made it
    Reply again = client.post("/api/v1/jobs", job);
    assertThat(again.status()).as(again.body()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");

    loseAnswer("killed-1", "r-of-no-record"); // between the row and that record
    assertThat(client.post("/api/v1/jobs", job).status()).isEqualTo(409);
    assertThat(api.get("/api/v1/jobs?q=killed").object()).containsEntry("total", 1L);

    api.send("DELETE", first.header("Location"), null);
    assertThat(client.post("/api/v1/jobs", job).status()).isEqualTo(201); // before the row
    assertThat(client.post("/api/v1/jobs", job).header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(api.get("/api/v1/jobs?q=killed").object()).containsEntry("total", 1L);
    String run = first.header("Location") + "/run";
    assertThat(client.post(run, null).status()).isEqualTo(422);
  }

  @Test
  void anAnswerIsKeptForADayAndNoLonger() throws Exception {
    ApiClient client = api.with("Idempotency-Key", "aged-1");
    String job = "{\"name\": \"aged\", \"schedule_expr\": \"@daily\"}";
    Reply first = client.post("/api/v1/jobs", job);
    assertThat(first.status()).as(first.body()).isEqualTo(201);

    age("aged-1", Duration.ofHours(23));
    assertThat(client.post("/api/v1/jobs", job).header("Idempotent-Replayed")).isEqualTo("true");
    age("aged-1", Duration.ofHours(25));
    Reply anew = client.post("/api/v1/jobs", job);

    assertThat(anew.status()).as(anew.body()).isEqualTo(201);
    assertThat(anew.header("Location")).isNotEqualTo(first.header("Location"));
    assertThat(api.get("/api/v1/jobs?q=aged").object()).containsEntry("total", 2L);
  }

  /** Lets an answer be as old as that. */
  private void age(String key, Duration age) throws StoreException {
    Store store = world.running().store();
    KeptAnswer kept = store.answer("loopback", key, Instant.EPOCH).orElseThrow();
    store.keepAnswer(
        new KeptAnswer(
            "loopback", key, kept.fingerprint(), Instant.now().minus(age), kept.answer()),
        Instant.EPOCH);
  }

  @Test
  void aRequestThatWasRefusedMayComeAgainUnderItsKey() {
    ApiClient client = api.with("Idempotency-Key", "refused-1");
    String run = "/api/v1/jobs/987654/run";

    assertThat(client.post(run, null).status()).isEqualTo(404);
    assertThat(client.post(run, null).status()).isEqualTo(404);
  }

  @Test
  void jobsAreFoundByWhatComesOfThemAndSortedByWhenTheyFire() {
    String a =
        job(
            "\"name\": \"sorted a\", \"schedule_expr\": \"2040-01-01T00:00:00Z\", \"owner_id\": \"s\"");
    String b =
        job(
            "\"name\": \"sorted b\", \"schedule_expr\": \"2039-01-01T00:00:00Z\", \"owner_id\": \"s\"");
    String c =
        job(
            "\"name\": \"sorted c\", \"schedule_expr\": \"2001-01-01T00:00:00Z\", \"owner_id\": \"s\"");
    String d =
        job(
            "\"name\": \"sorted d\", \"schedule_expr\": \"@daily\", \"owner_id\": \"s\", \"enabled\": false");
    await().atMost(PATIENCE).until(() -> names("owner_id=s&sort=next_run_at&size=10").size() == 4);

    assertThat(names("owner_id=s&sort=next_run_at"))
        .containsExactly("sorted b", "sorted a", "sorted c", "sorted d");
    assertThat(names("owner_id=s&status=fires&sort=next_run_at&descending=true"))
        .containsExactly("sorted a", "sorted b");
    assertThat(names("owner_id=s&status=never")).containsExactly("sorted c");
    assertThat(names("q=sorted&status=disabled")).containsExactly("sorted d");
    assertThat(names("owner_id=s&sort=name&descending=true"))
        .containsExactly("sorted d", "sorted c", "sorted b", "sorted a");
    assertThat(api.get("/api/v1/jobs?sort=next_run_at&cursor=1").status()).isEqualTo(400);
    assertThat(List.of(a, b, c, d)).doesNotHaveDuplicates();
  }

  private List<Object> names(String query) {
    return api.get("/api/v1/jobs?" + query).list("jobs").stream()
        .map(job -> job.get("name"))
        .toList();
  }
}
