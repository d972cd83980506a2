package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned in a week, and what an outage would do to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanApiTest {
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady();
    api = world.client();
    create("nightly", "0 2 * * *", "\"merge_missed\": true");
    create("each", "0 * * * *", "\"merge_missed\": false");
    create("short-lived", "*/30 * * * *", "\"merge_missed\": false, \"actuality_time\": 3600");
    create("seconds", "*/10 * 5 * * *", "\"merge_missed\": true");
    create("off", "* * * * *", "\"enabled\": false");
    Awaitility.await() // the scheduler takes what was written in the background
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api.get("/api/v1/plan/week?timezone=UTC").object().get("jobs"),
            jobs -> jobs.equals(4L));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private void create(String name, String schedule, String more) {
    Reply reply =
        api.post(
            "/api/v1/jobs",
            "{\"name\": \"%s\", \"schedule_expr\": \"%s\", \"timezone\": \"UTC\", %s}"
                .formatted(name, schedule, more));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  @Test
  void theFiresOfAWeekAreCountedMinuteByMinute() {
    Map<String, Object> week =
        api.get("/api/v1/plan/week?day=2027-01-06&timezone=UTC").object(); // a Wednesday

    assertThat(week).contains(entry("begin", "2027-01-04T00:00:00+00:00"), entry("jobs", 4L));
    List<?> fires = (List<?>) week.get("fires");
    assertThat(fires).hasSize(7 * 24 * 60);
    assertThat(fires.get(2 * 60)).as("Monday 02:00: nightly, each, short-lived").isEqualTo(3L);
    assertThat(fires.get(2 * 60 + 1)).as("Monday 02:01").isEqualTo(0L);
    assertThat(fires.get(5 * 60)).as("Monday 05:00: six of seconds, two others").isEqualTo(8L);
    assertThat(fires.get(6 * 24 * 60 + 5 * 60 + 59)).as("Sunday 05:59").isEqualTo(6L);
    assertThat(api.get("/api/v1/plan/week?day=2027-01-06&timezone=UTC").list("busiest").get(0))
        .containsExactly(entry("minute", "2027-01-04T05:00:00+00:00"), entry("fires", 8L));
  }

  @Test
  void aWeekInWhichClocksChangeHasAnHourLess() {
    Map<String, Object> week =
        api.get("/api/v1/plan/week?day=2027-03-28&timezone=Europe%2FBerlin").object();

    assertThat((List<?>) week.get("fires")).hasSize(7 * 24 * 60 - 60);
  }

  @Test
  void whoFiresInAMinuteIsNamedTheMostFiresFirst() {
    assertThat(api.get("/api/v1/plan/minute?at=2027-01-04T05:00:00Z").list("jobs"))
        .extracting(job -> job.get("name") + " " + job.get("fires"))
        .containsExactly("seconds 6", "each 1", "short-lived 1");
  }

  @Test
  void anOutageIsForetoldByTheRuleForMissedFires() {
    Map<String, Object> outage =
        api.get("/api/v1/plan/outage?from=2027-01-04T01:30:00Z&to=2027-01-04T04:29:59Z").object();

    // each: 02, 03, 04. nightly: 02. short-lived: six, of which 01:30 to 03:00 are too old.
    assertThat(outage)
        .contains(
            entry("due", 10L),
            entry("delivered", 6L),
            entry("merged", 0L),
            entry("expired", 4L),
            entry("jobs_concerned", 3L));
    assertThat((List<?>) outage.get("jobs"))
        .extracting(job -> (Object) ((Map<?, ?>) job).get("name"))
        .containsExactly("short-lived", "each", "nightly");
  }

  @Test
  void whatMergesIsDeliveredOnce() {
    Map<String, Object> outage =
        api.get("/api/v1/plan/outage?from=2027-01-04T05:00:00Z&to=2027-01-04T05:59:59Z").object();

    assertThat(((List<?>) outage.get("jobs")).get(0).toString())
        .contains("name=seconds", "due=360", "delivered=1", "merged=359", "expired=0");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/plan/week?day=tomorrow, day",
    "/api/v1/plan/week?day=9999-01-01, day",
    "/api/v1/plan/week?timezone=Mars, timezone",
    "/api/v1/plan/minute, at",
    "/api/v1/plan/minute?at=2027-01-04, at",
    "/api/v1/plan/outage?from=2027-01-04T05:00:00Z, to",
    "/api/v1/plan/outage?from=2027-01-04T05:00:00Z&to=2027-01-04T05:00:00Z, to",
    "/api/v1/plan/outage?from=2027-01-04T05:00:00Z&to=2037-01-04T05:00:00Z, to",
    "/api/v1/outcomes, job_ids",
    "'/api/v1/outcomes?job_ids=1,,2', job_ids",
  })
  void aParameterThatCannotBeIsNamed(String path, String parameter) {
    Reply reply = api.get(path);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.object().get("detail").toString()).startsWith(parameter + ":");
  }

  @Test
  void theLatestOutcomesOfSeveralJobsComeInOneAnswer() {
    assertThat(api.get("/api/v1/outcomes?job_ids=1,2,rest:7&count=5").object().toString())
        .isEqualTo("{outcomes={1=[], 2=[], rest:7=[]}}");
  }
}
