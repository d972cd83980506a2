package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Route;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: every route of the table, without a key and with each right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
  private ApiWorld world;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = ApiWorld.with(folder, ApiWorld.KEYS, "execution: {enabled: true}\n").awaitReady();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  /** Ids that no job has: what is allowed finds nothing, or has no body that could be. */
  private static String path(Route route) {
    return route.path().replaceAll("\\{[^}]*}", "987654321");
  }

  private static Reply call(ApiClient client, Route route) {
    String body = route.input().isPresent() ? "{\"unknown member\": 1}" : null;
    return client.send(route.method().name(), path(route), body);
  }

  private List<Route> guarded() {
    return world.api().routes().stream().filter(route -> route.right().isPresent()).toList();
  }

  private static boolean isEndless(Route route) {
    return route.path().equals("/api/v1/events");
  }

  @Test
  void whatIsOpenIsListedHere() {
    assertThat(
            world.api().routes().stream()
                .filter(Route::isOpen)
                .map(Route::toString)
                .filter(route -> !route.startsWith("GET /assets/"))) // scripts and styles
        .containsExactlyInAnyOrder(
            "GET /",
            "GET /health",
            "GET /openapi.json",
            "GET /docs",
            "GET /docs/start.js",
            "GET /docs/swagger-ui.css",
            "GET /docs/swagger-ui-bundle.js",
            "GET /redoc",
            "GET /docs/redoc-start.js",
            "GET /docs/redoc.standalone.js",
            "GET /health/ready",
            "GET /api/v1/session",
            "POST /api/v1/session",
            "DELETE /api/v1/session");
  }

  @Test
  void withoutAKeyNothingIsReachedButWhatIsOpen() {
    for (Route route : guarded()) {
      for (ApiClient client :
          List.of(
              world.client(),
              world.client("wrong-key-0123456789abcdef0123456789"),
              world.client(""),
              world.client().with("Authorization", "Bearer wrong"),
              world.client().with("Authorization", "Basic " + ApiWorld.ALL),
              world.client().with("Cookie", "action_scheduler_session=guessed"))) {
        Reply reply = call(client, route);
        assertThat(reply.status()).as(route.toString()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
      }
    }
  }

  @Test
  void everyKeyReachesWhatItsRightsAllowAndNothingElse() {
    Map<String, List<Right>> keys =
        new TreeMap<>(
            Map.of(
                ApiWorld.READ, List.of(Right.READ),
                ApiWorld.RUN, List.of(Right.RUN),
                ApiWorld.WRITE, List.of(Right.READ, Right.WRITE),
                ApiWorld.ALL, List.of(Right.values())));
    List<String> wrong = new ArrayList<>();
    for (Route route : guarded()) {
      for (Map.Entry<String, List<Right>> key : keys.entrySet()) {
        boolean allowed = key.getValue().contains(route.right().orElseThrow());
        if (allowed && isEndless(route)) {
          continue; // EventsTest follows it
        }
        int status = call(world.client(key.getKey()), route).status();
        if (allowed == (status == 401 || status == 403)) {
          wrong.add(route + " with " + key.getValue() + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aKeyMayComeInTwoHeaders() {
    assertThat(world.client(ApiWorld.READ).get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(
            world
                .client()
                .with("Authorization", "bearer " + ApiWorld.READ)
                .get("/api/v1/jobs")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs/1/health",
        "/api/v1/jobs/health",
        "/api/v1/jobs/%2Fhealth",
        "/api/v1/jobs/..%2F..%2F..%2Fhealth",
        "/api/v1/jobs/..;/health",
        "/health/../api/v1/jobs",
        "/health/..%2fapi/v1/jobs",
        "/health/%2e%2e/api/v1/jobs",
        "/health;/../api/v1/jobs",
        "//api/v1/jobs",
        "/api//v1/jobs",
        "/./api/v1/jobs",
        "/api/v1/jobs/",
        "/API/V1/JOBS",
        "/docs/../api/v1/jobs",
        "/docs/..%5C..%5Capi/v1/jobs",
        "/api/v1/jobs%00/health",
        "/api/v1/jobs/1%2f..%2f..%2fopenapi.json",
        "/docs/%2e%2e%2fio/actionscheduler/api/docs.html"
      })
  void noTrickWithThePathOpensADoor(String path) throws Exception {
    // Through a socket of our own: an HTTP client would mend the path.
    for (String method : List.of("GET", "POST", "DELETE")) {
      assertThat(RawHttp.status(world.address(), method + " " + path + " HTTP/1.1"))
          .as(method + " " + path)
          .isIn(400, 401, 404, 405);
    }
  }

  @Test
  void theRightToWriteDoesNotMakeOrChangeAJobThatRunsCode() {
    String plain =
        "{\"name\": \"n\", \"schedule_expr\": \"@daily\", \"payload\": {\"type\": \"quiet\"}}";
    String code = plain.replace("quiet\"", "python_code\", \"code\": \"print(1)\"");
    ApiClient writer = world.client(ApiWorld.WRITE);
    ApiClient all = world.client(ApiWorld.ALL);

    assertThat(writer.post("/api/v1/jobs", code).status()).isEqualTo(403);
    assertThat(writer.post("/api/v1/jobs?dry_run=true", code).status()).isEqualTo(403);
    Reply ofWriter = writer.post("/api/v1/jobs", plain);
    assertThat(ofWriter.status()).isEqualTo(201);
    String job = ofWriter.header("Location");
    assertThat(
            writer
                .send("PATCH", job, "{\"payload\": {\"type\": \"python_code\", \"code\": \"1\"}}")
                .status())
        .isEqualTo(403);
    Reply ofAll = all.post("/api/v1/jobs", code);
    assertThat(ofAll.status()).as(ofAll.body()).isEqualTo(201);
    assertThat(writer.send("PATCH", ofAll.header("Location"), "{\"name\": \"m\"}").status())
        .isEqualTo(403);
    assertThat(all.send("PATCH", ofAll.header("Location"), "{\"name\": \"m\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aBrowserSignsInWithAKeyAndOutAgain() {
    ApiClient nobody = world.client();
    assertThat(nobody.post("/api/v1/session", "{\"key\": \"wrong\"}").status()).isEqualTo(401);

    Reply signedIn = nobody.post("/api/v1/session", "{\"key\": \"" + ApiWorld.READ + "\"}");

    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.object())
        .containsEntry("name", "reader")
        .containsEntry("rights", List.of("read"));
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie).contains("; Path=/;", "; HttpOnly", "; SameSite=Strict");
    assertThat(cookie).doesNotContain(ApiWorld.READ);
    ApiClient browser = nobody.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    assertThat(browser.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(browser.post("/api/v1/jobs", "{}").status()).isEqualTo(403);
    assertThat(browser.send("DELETE", "/api/v1/session", null).header("Set-Cookie"))
        .contains("Max-Age=0");
    assertThat(browser.get("/api/v1/jobs").status()).isEqualTo(401);
  }

  @Test
  void aPageOfAnotherSiteCannotUseTheSessionOfABrowser() {
    Reply signedIn = world.client().post("/api/v1/session", "{\"key\": \"" + ApiWorld.ALL + "\"}");
    String cookie = signedIn.header("Set-Cookie").replaceFirst(";.*", "");
    ApiClient browser = world.client().with("Cookie", cookie);
    String job = "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}";
    String own = world.address().getAuthority();

    assertThat(browser.with("Sec-Fetch-Site", "cross-site").post("/api/v1/jobs", job).status())
        .isEqualTo(403);
    assertThat(browser.with("Sec-Fetch-Site", "same-site").post("/api/v1/jobs", job).status())
        .isEqualTo(403);
    assertThat(browser.with("Origin", "http://evil.example").post("/api/v1/jobs", job).status())
        .isEqualTo(403);
    assertThat(browser.with("Origin", "null").post("/api/v1/jobs", job).status()).isEqualTo(403);
    assertThat(browser.with("Origin", "http://" + own).post("/api/v1/jobs", job).status())
        .isEqualTo(201);
    assertThat(browser.with("Sec-Fetch-Site", "same-origin").post("/api/v1/jobs", job).status())
        .isEqualTo(201);
  }

  @Test
  void everyAnswerProtectsItselfAndTellsNoVersion() {
    for (Reply reply :
        List.of(
            world.client().get("/health"),
            world.client().get("/nothing"),
            world.client(ApiWorld.ALL).get("/api/v1/jobs"))) {
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(reply.header("X-Request-ID")).isNotEmpty();
      assertThat(reply.headers()).doesNotContainKeys("server", "access-control-allow-origin");
    }
    assertThat(world.client().with("X-Request-ID", "abc-1").get("/health").header("X-Request-ID"))
        .isEqualTo("abc-1");
    assertThat(world.client().with("X-Request-ID", "a b\"<").get("/health").header("X-Request-ID"))
        .doesNotContain("<");
  }
}
