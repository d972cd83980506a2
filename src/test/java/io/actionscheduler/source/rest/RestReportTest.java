package io.actionscheduler.source.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSourceContract;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.RawHttp;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service is told of runs, and when it is not. */
@Timeout(60)
class RestReportTest {
  private static final Instant AT = ActionSourceContract.START;

  private TestHttp http;

  @BeforeEach
  void serve() throws IOException {
    http = TestHttp.start();
  }

  @AfterEach
  void close() {
    http.close();
  }

  private RestReport report(String report) throws Exception {
    return report(report, Duration.ofSeconds(10));
  }

  private RestReport report(String report, Duration patience) throws Exception {
    return new RestReport(
        RestWorld.settings(
            "rest: {url: 'http://127.0.0.1:"
                + http.port()
                + "/base/', token: t, report: {"
                + report
                + "}}\n"),
        patience);
  }

  private static Run run(String action, Status status, int attempts) {
    return new Run(
        new ProgressKey(new ActionId(action), "stdout"),
        "Morning \"report\"",
        Stretch.of(AT),
        "",
        Cause.SCHEDULE,
        status,
        attempts == 0 ? Optional.empty() : Optional.of(AT.plusMillis(5)),
        AT.plusMillis(9),
        attempts,
        2,
        status == Status.FAILED ? "no" : "",
        "out");
  }

  private static Map<?, ?> body(Request request) throws InvalidJson {
    return (Map<?, ?>) Json.parse(request.body());
  }

  @Test
  void everythingIsToldOfARunWhereNothingElseIsAskedFor() throws Exception {
    try (RestReport report = report("path: '/api/cronjobs/{id}/runs'")) {
      report.ended(run("rest:7", Status.FAILED, 3));
    }
    Request request = http.taken().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/base/api/cronjobs/7/runs");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Authorization", "Bearer t");
    assertThat(body(request))
        .isEqualTo(
            Json.parse(
                """
                {"id": 7, "action_id": "rest:7", "fire_id": "rest:7@2026-11-20T10:00:00Z",
                 "name": "Morning \\"report\\"", "callback": "stdout", "status": "failed",
                 "cause": "schedule", "scheduled_time": "2026-11-20T10:00:00Z",
                 "started_time": "2026-11-20T10:00:00.005Z",
                 "finished_time": "2026-11-20T10:00:00.009Z",
                 "attempts": 3, "missed_count": 2, "error": "no", "output": "out"}
                """));
  }

  @Test
  void methodPathAndBodyAreAsTheServiceWantsThem() throws Exception {
    try (RestReport report =
        report(
            "method: patch, path: '/jobs/{id}?state={status}',"
                + " body: '{\"last\": \"{scheduled_time}\", \"n\": \"{json:attempts}\"}'")) {
      report.ended(run("rest:a/b ü", Status.SUCCESS, 1));
    }
    Request request = http.taken().get(0);
    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.path()).isEqualTo("/base/jobs/a%2Fb%20%C3%BC?state=success");
    assertThat(body(request)).isEqualTo(Map.of("last", "2026-11-20T10:00:00Z", "n", 1L));
  }

  /** Otherwise one odd answer would hold up all reports for ever. */
  @Test
  void theStatusDecidesWhateverFollowsIt() throws Exception {
    try (RawHttp odd = new RawHttp("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok");
        RestReport report =
            new RestReport(
                RestWorld.settings(
                    "rest: {url: 'http://127.0.0.1:%d', report: {path: '/{id}'}}\n"
                        .formatted(odd.port())),
                Duration.ofSeconds(10))) {
      report.ended(run("rest:1", Status.SUCCESS, 1));
      report.ended(run("rest:2", Status.SUCCESS, 1));
      await().until(() -> odd.requests() >= 2);
      report.close();
      assertThat(odd.requests()).isEqualTo(2);
    }
  }

  @Test
  void onlyRunsOfItsOwnEntriesThatWereAttemptedAreTold() throws Exception {
    try (RestReport report = report("path: '/{id}'")) {
      report.ended(run("7", Status.SUCCESS, 1));
      report.ended(run("restless:7", Status.SUCCESS, 1));
      report.ended(run("rest:8", Status.EXPIRED, 0));
      report.ended(run("rest:9", Status.SUCCESS, 1));
    }
    assertThat(http.taken()).extracting(Request::path).containsExactly("/base/9");
  }

  @Test
  void reportsWaitWhileTheServiceIsAwayAndGoOutInOrder() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    http.answer(request -> Answer.of(asked.incrementAndGet() == 1 ? 503 : 200));
    try (RestReport report = report("path: '/{id}'")) {
      for (int id = 1; id <= 5; id++) {
        report.ended(run("rest:" + id, Status.SUCCESS, 1));
      }
      await().until(() -> http.taken().size() == 5);
    }
    assertThat(http.taken())
        .extracting(Request::path)
        .containsExactly("/base/1", "/base/2", "/base/3", "/base/4", "/base/5");
    assertThat(asked).hasValue(6);
  }

  @Test
  void aReportThatIsRefusedHoldsUpNone() throws Exception {
    http.answer(request -> Answer.of(request.path().endsWith("/1") ? 404 : 204));
    try (RestReport report = report("path: '/{id}'")) {
      report.ended(run("rest:1", Status.SUCCESS, 1));
      report.ended(run("rest:2", Status.SUCCESS, 1));
    }
    assertThat(http.taken()).extracting(Request::path).containsExactly("/base/2");
  }

  @Test
  void aServiceThatStaysAwayDoesNotHoldUpAStop() throws Exception {
    http.answer(request -> Answer.of(500));
    RestReport report = report("path: '/{id}'");
    for (int id = 1; id <= 1_000; id++) {
      report.ended(run("rest:" + id, Status.SUCCESS, 1));
    }
    report.close(); // bounded by the timeout of this class
    report.ended(run("rest:1", Status.SUCCESS, 1));
    assertThat(http.taken()).isEmpty();
  }

  @Test
  void whereTooManyWaitTheOldestMakeRoom() throws Exception {
    Outbox<Integer> outbox = new Outbox<>(3);
    List.of(1, 2, 3, 4, 5).forEach(outbox::put);
    assertThat(outbox.take()).contains(3);
    assertThat(outbox.takeDropped()).isEqualTo(2);
    outbox.close();
    assertThat(outbox.take()).contains(4);
    assertThat(outbox.take()).contains(5);
    assertThat(outbox.take()).isEmpty();
    outbox.put(6);
    assertThat(outbox.takeDropped()).isEqualTo(1);
  }
}
