package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in wrong is told by a clear status, and hurts nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    world =
        ApiWorld.in(folder, "http: {port: 0, body_timeout: 2s, rate_limit: 100000}\n").awaitReady();
    api = world.client();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                                      | 400 | not JSON
          ``                                                                     | 400 | not JSON
          []                                                                     | 422 | is not an object
          {"name": "n", "name": "m", "schedule_expr": "@daily"}                  | 400 | Duplicate
          {"name": "n"}                                                          | 422 | /schedule_expr
          {"schedule_expr": "@daily"}                                            | 422 | /name: required
          {"name": "", "schedule_expr": "@daily"}                                | 422 | too short
          {"name": 7, "schedule_expr": "@daily"}                                 | 422 | is not text
          {"name": null, "schedule_expr": "@daily"}                              | 422 | is not text
          {"name": "n", "schedul_expr": "@daily", "schedule_expr": "@daily"}     | 422 | did you mean schedule_expr
          {"name": "n", "schedule_expr": "61 * * * *"}                           | 422 | 61
          {"name": "n", "schedule_expr": "every now and then"}                   | 422 | /schedule_expr
          {"name": "n", "schedule_expr": "0s"}                                   | 422 | /schedule_expr
          {"name": "n", "schedule_expr": "-5m"}                                  | 422 | /schedule_expr
          {"name": "n", "schedule_expr": 5}                                      | 422 | #/schedule_expr: a number is not allowed here; allowed are text or an object
          {"name": "n", "schedule_expr": ["@daily"]}                             | 422 | a list is not allowed here; allowed are text or an object
          {"name": "n", "schedule_expr": null}                                   | 422 | null is not allowed here; allowed are text or an object
          {"name": "n", "schedule_expr": {"format": "cobol"}}                    | 422 | cobol
          {"name": "n", "schedule_expr": "@daily", "timezone": "Mars/Olympus"}   | 422 | /timezone
          {"name": "n", "schedule_expr": "@daily", "payload": {"type": "nope"}}  | 422 | /payload/type
          {"name": "n", "schedule_expr": "@daily", "job_type": "quite"}          | 422 | did you mean quiet
          {"name": "n", "schedule_expr": "@daily", "payload": {"n": 1}}          | 422 | /payload/type: required
          {"name": "n", "schedule_expr": "@daily", "payload": {"type": "quiet"}, "job_type": "loud"} | 422 | contradicts another field
          {"name": "n", "schedule_expr": "@daily", "cron_expression": "@hourly"} | 422 | contradicts another field
          {"name": "n", "schedule_expr": "@daily", "payload": {"type": "quiet"}, "parameters": {}} | 422 | keep one of them
          {"name": "n", "schedule_expr": "@daily", "retry_policy": {"max_retries": -1}} | 422 | /retry_policy/max_retries
          {"name": "n", "schedule_expr": "@daily", "retry_policy": {"retries": 1}} | 422 | unknown field
          {"name": "n", "schedule_expr": "@daily", "overlap": "sometimes"}       | 422 | queue, skip, allow
          {"name": "n", "schedule_expr": "@daily", "enabled": "yes"}             | 422 | neither true nor false
          {"name": "n", "schedule_expr": "@daily", "actuality_time": 1.5}        | 422 | whole numbers
          {"name": "n", "schedule_expr": "@daily", "actuality_time": 99999999999999999999} | 422 | a number of that size
          {"name": "a\\u0000b", "schedule_expr": "@daily"}                       | 422 | NUL
          {"name": "a\\ud800b", "schedule_expr": "@daily"}                       | 422 | #/name: holds half a character
          {"name": "n", "schedule_expr": "@daily", "payload": {"type": "quiet", "a/b": ["\\udc00"]}} | 422 | #/payload/a~1b/0: holds half
          {"name": "n", "schedule_expr": "@daily", "payload": {"type": "quiet", "x": {"\\u0000": 1}}} | 422 | #/payload/x: the name of a member holds a NUL
          {"name": "n", "schedule_expr": "@daily", "actuality_time": NaN}        | 400 | Non-standard token 'NaN'
          {"name": "n", "schedule_expr": "@daily", "retry_policy": {"retry_delay": 1e300}} | 422 | numbers from 0.001 to 31536000
          {"name": "n", "schedule_expr": "@daily", "actuality_time": 1e400}      | 422 | whole numbers
          """)
  void aWrongBodyIsToldWithItsPlace(String body, int status, String told) {
    Reply reply = api.post("/api/v1/jobs", body);

    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.object())
        .containsEntry("status", (long) status)
        .containsKeys("type", "title", "detail", "request_id");
    assertThat(reply.body())
        .contains(told)
        .doesNotContain("Exception", "io.actionscheduler", "\tat ", "Feature", "Constraints");
  }

  @Test
  void eachWrongValueIsNamedNotTheFirstAlone() {
    Reply reply =
        api.post(
            "/api/v1/jobs",
            """
            {"name": "n", "schedule_expr": "61 * * * *", "timezone": "Mars/Olympus",
             "payload": {"type": "nope"}, "calendar": "holidays", "start_date": "soon"}
            """);

    assertThat(reply.status()).isEqualTo(422);
    assertThat((List<?>) reply.object().get("errors"))
        .map(error -> ((Map<?, ?>) error).get("pointer"))
        .map(Object::toString)
        .containsExactlyInAnyOrder(
            "#/schedule_expr", "#/timezone", "#/payload/type", "#/calendar", "#/start_date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999h", "500ms", "30m1h", "0s", "90"})
  void anIntervalThatIsRefusedIsShownAsItWasSent(String every) {
    Reply reply =
        api.post("/api/v1/jobs", "{\"name\": \"n\", \"schedule_expr\": \"" + every + "\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.object().get("detail").toString())
        .startsWith("#/schedule_expr: \"" + every + "\"")
        .doesNotContain("start_date");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/jobs?page=0, 400",
    "/api/v1/jobs?size=501, 400",
    "/api/v1/jobs?size=ten, 400",
    "/api/v1/jobs?page=99999999999999999999, 400",
    "/api/v1/jobs?pge=1, 400",
    "/api/v1/jobs?page=1&page=2, 400",
    "/api/v1/jobs?cursor=abc, 400",
    "/api/v1/jobs?status=asleep, 400",
    "/api/v1/jobs?sort=command, 400",
    "/api/v1/jobs?source=nowhere, 400",
    "/api/v1/jobs?q=%ff, 400",
    "/api/v1/jobs?q=%ed%a0%80, 400",
    "/api/v1/jobs?q=%c3%a4, 200",
    "/api/v1/jobs?q=%25, 200",
    "/api/v1/jobs?q=%27%20OR%201=1--, 200",
    "/api/v1/jobs/1e3, 404",
    "/api/v1/jobs/-1, 404",
    "/api/v1/jobs/9223372036854775807, 404",
    "/api/v1/jobs/99999999999999999999999, 404",
    "/api/v1/jobs/rest:7, 404",
    "/api/v1/jobs/987654/changes, 404",
    "/api/v1/jobs/987654/cadence, 404",
    "/api/v1/jobs/987654/why?at=2026-01-01, 404",
    "/api/v1/jobs/rest:7/changes, 404",
    "/api/v1/jobs/1/next?count=100000, 400",
    "/api/v1/runs?status=done, 400",
    "/api/v1/runs?from=soon, 400",
    "/api/v1/runs/0, 404",
    "/api/v1/runs/abc, 404",
    "/api/v2/jobs, 404",
  })
  void aWrongAddressIsTold(String path, int status) {
    Reply reply = api.get(path);

    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aMethodThatIsNotThereIsToldWithThoseThatAre() {
    Reply reply = api.send("PATCH", "/api/v1/jobs", "{}");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    assertThat(api.send("OPTIONS", "/api/v1/jobs", null).status()).isEqualTo(405);
    assertThat(api.send("TRACE", "/api/v1/jobs", null).status()).isEqualTo(405);
  }

  @Test
  void onlyJsonIsTaken() {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "")) {
      assertThat(
              api.with("Content-Type", type.isEmpty() ? "nonsense" : type)
                  .post("/api/v1/jobs", "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}")
                  .status())
          .as(type)
          .isEqualTo(415);
    }
  }

  @Test
  void aBodyOfTwoTypesIsRefused() throws Exception {
    try (RawHttp http = new RawHttp(world.address())) {
      http.send(
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");

      assertThat(http.status()).isEqualTo(415);
    }
  }

  @Test
  void aBodyInAnotherCodingIsRefused() {
    String job = "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}";
    ApiClient latin = api.with("Content-Type", "application/json; charset=iso-8859-1");

    assertThat(latin.post("/api/v1/jobs", job).status()).isEqualTo(415);
    assertThat(api.with("Content-Encoding", "gzip").post("/api/v1/jobs", job).status())
        .isEqualTo(415);
    assertThat(
            api.with("Content-Type", "application/json; charset=\"UTF-8\"")
                .post("/api/v1/jobs?dry_run=true", job)
                .status())
        .isEqualTo(200);
  }

  @Test
  void headOfTheStreamOfEventsEndsAtOnce() {
    assertThat(api.send("HEAD", "/api/v1/events", null).header("Content-Type"))
        .isEqualTo("text/event-stream");
  }

  @Test
  void tagsAreComparedAsTheStandardHasIt() {
    String job =
        api.post("/api/v1/jobs", "{\"name\": \"tagged\", \"schedule_expr\": \"@daily\"}")
            .header("Location");
    String tag = api.get(job).header("ETag");

    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      assertThat(api.with("If-None-Match", known).get(job).status()).as(known).isEqualTo(304);
    }
    assertThat(api.with("If-None-Match", "\"other\"").get(job).status()).isEqualTo(200);
    for (String wrong : List.of("\"other\"", "W/" + tag, "\"a\", \"b\"")) {
      assertThat(api.with("If-Match", wrong).send("PATCH", job, "{\"name\": \"x\"}").status())
          .as(wrong)
          .isEqualTo(412);
    }
    assertThat(api.with("If-Match", "other").send("PATCH", job, "{}").status()).isEqualTo(400);
    assertThat(
            api.with("If-Match", "\"other\", " + tag)
                .send("PATCH", job, "{\"name\": \"tagged\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void whatIsNotUnderstoodAtAllIsToldByItsReason() throws Exception {
    String address = "GET /x" + "y".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String version = "GET /health HTTP/3.0\r\nHost: localhost\r\n\r\n";
    String slash =
        "GET /api/v1/jobs/a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (Map.Entry<String, String> each :
        Map.of(address, "too long", version, "use HTTP/1.1", slash, "encoded slashes").entrySet()) {
      try (RawHttp http = new RawHttp(world.address())) {
        http.send(each.getKey());
        assertThat(http.status()).isBetween(400, 505);
        String line = http.line();
        while (line != null && !line.startsWith("{")) {
          line = http.line();
        }
        assertThat(line)
            .contains(each.getValue(), "\"request_id\":\"")
            .doesNotContain("\"request_id\":\"\"", "\"title\":\"Error\"", "defect");
      }
    }
  }

  @Test
  void aClientThatSendsALargeBodyAllTheSameCanReadTheRefusal() throws Exception {
    String large = "{\"name\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}";

    assertThat(api.post("/api/v1/jobs", large).status()).isEqualTo(413);
    assertThat(api.post("/api/v1/absent", large).status()).isEqualTo(404);
    for (String length : List.of("Content-Length: 2097152", "Transfer-Encoding: chunked")) {
      try (RawHttp http = new RawHttp(world.address())) {
        http.send(
            "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + length
                + "\r\n\r\n");
        String part = "x".repeat(0x10000);
        boolean chunked = length.endsWith("chunked");
        for (int i = 0; i < 32; i++) {
          http.send(chunked ? "10000\r\n" + part + "\r\n" : part);
        }
        if (chunked) {
          http.send("0\r\n\r\n");
        }
        assertThat(http.status()).as(length).isEqualTo(413);
      }
    }
    try (RawHttp http = new RawHttp(world.address())) {
      http.send(
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 2097152\r\nExpect: 100-continue\r\n\r\n");
      assertThat(http.status()).as("a client that asks first").isEqualTo(413);
    }
  }

  @Test
  void abodyThatIsNoTextIsRefused() throws Exception {
    try (RawHttp http = new RawHttp(world.address())) {
      http.send(
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 4\r\n\r\n\u00ff\u00fe\u00fd\u00fc");
      assertThat(http.status()).isEqualTo(400);
    }
  }

  @Test
  void deepNestingHurtsNobody() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    Reply reply =
        api.post(
            "/api/v1/jobs",
            "{\"name\": \"n\", \"schedule_expr\": \"@daily\", \"payload\": {\"type\": "
                + "\"quiet\", \"x\": "
                + deep
                + "}}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("nesting depth").doesNotContain("Constraints");
    assertThat(api.get("/health").status()).isEqualTo(200);
  }

  @Test
  void bodiesThatComeAByteASecondEndByThemselvesAndHoldUpNobody() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) { // three times as many as there are threads
      RawHttp http = new RawHttp(world.address());
      http.send(
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000\r\n\r\n{");
      slow.add(http);
    }
    assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200);
    for (RawHttp http : slow) {
      assertThat(http.status()).isEqualTo(408);
      http.close();
    }
  }

  @Test
  void aHeadThatComesAByteAtATimeEndsByItself() throws Exception {
    try (RawHttp slow = new RawHttp(world.address());
        RawHttp quick = new RawHttp(world.address())) {
      quick.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      slow.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
      await() // each byte comes in time, all of them do not
          .pollInterval(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(30))
          .until(() -> isEnded(slow));
      // A connection that is only kept is not ended, nor is the next head on it measured from then.
      quick.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String line = quick.line();
      int answers = 0;
      for (; line != null; line = quick.line()) {
        answers += line.contains("HTTP/1.1 200") ? 1 : 0;
      }
      assertThat(answers).isEqualTo(2);
    }
  }

  private static boolean isEnded(RawHttp http) {
    try {
      http.send("x");
      return false;
    } catch (java.io.IOException e) {
      return true;
    }
  }

  @Test
  void aNameThatIsNotOursIsRefusedWhereNoKeyIsNeeded() throws Exception {
    for (Map.Entry<String, Integer> host :
        Map.of(
                "evil.example",
                421,
                "127.0.0.1.evil.example:80",
                421,
                "localhost",
                200,
                "[::1]:1",
                200)
            .entrySet()) {
      try (RawHttp http = new RawHttp(world.address())) {
        http.send("GET /api/v1/jobs HTTP/1.1\r\nHost: " + host.getKey() + "\r\n\r\n");
        assertThat(http.status()).as(host.getKey()).isEqualTo(host.getValue());
      }
    }
    try (RawHttp http = new RawHttp(world.address())) {
      http.send("GET /api/v1/jobs HTTP/1.0\r\n\r\n");
      assertThat(http.status()).isEqualTo(421);
    }
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() {
    String job = "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}";

    assertThat(api.with("Origin", "http://evil.example").post("/api/v1/jobs", job).status())
        .isEqualTo(403);
    assertThat(api.with("Sec-Fetch-Site", "cross-site").post("/api/v1/jobs", job).status())
        .isEqualTo(403);
  }

  @Test
  void whatIsNoHttpIsAnsweredWithoutAWordOfWhatRunsHere() throws Exception {
    for (String nonsense :
        List.of(
            "HELLO\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /x" + "y".repeat(40_000) + " HTTP/1.1\r\n\r\n")) {
      try (RawHttp http = new RawHttp(world.address())) {
        http.send(nonsense);
        assertThat(http.status()).isBetween(400, 505);
        StringBuilder rest = new StringBuilder();
        for (String line = http.line(); line != null && rest.length() < 5_000; line = http.line()) {
          rest.append(line).append('\n');
        }
        assertThat(rest.toString().toLowerCase()).doesNotContain("jetty", "exception", "\tat ");
      }
    }
  }
}
