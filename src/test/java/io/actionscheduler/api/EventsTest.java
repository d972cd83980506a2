package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Following what happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = ApiWorld.in(folder, ApiWorld.KEYS).awaitReady();
    api = world.client(ApiWorld.ALL);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private RawHttp follow(String parameters, String header) throws Exception {
    RawHttp http = new RawHttp(world.address());
    http.send(
        "GET /api/v1/events"
            + parameters
            + " HTTP/1.1\r\nHost: x\r\nX-API-Key: "
            + ApiWorld.READ
            + "\r\n"
            + header
            + "\r\n");
    assertThat(http.status()).isEqualTo(200);
    for (String line = http.line(); !line.equals(": follow"); line = http.line()) {}
    return http;
  }

  /** The next event with its members {@code id}, {@code event} and {@code data}. */
  private static Map<String, Object> next(RawHttp http) throws Exception {
    Map<String, Object> event = new LinkedHashMap<>();
    for (String line = http.line(); line != null; line = http.line()) {
      int colon = line.indexOf(": ");
      if (colon > 0) { // else the length of a chunk, or the end of an event
        String value = line.substring(colon + 2);
        boolean data = line.startsWith("data");
        event.put(line.substring(0, colon), data ? Json.parse(value) : value);
        if (data) {
          return event;
        }
      }
    }
    throw new AssertionError("the stream ended");
  }

  private static Map<String, Object> next(RawHttp http, String type) throws Exception {
    Map<String, Object> event = next(http);
    while (!type.equals(event.get("event"))) {
      event = next(http);
    }
    return event;
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> data(Map<String, Object> event) {
    return (Map<String, Object>) event.get("data");
  }

  private String job(String name) {
    return api.post(
            "/api/v1/jobs",
            "{\"name\": \"" + name + "\", \"schedule_expr\": \"2050-01-01T00:00:00Z\"}")
        .header("Location");
  }

  @Test
  void editsAndRunsAreToldAsTheyHappen() throws Exception {
    try (RawHttp http = follow("", "")) {
      String job = job("told");
      assertThat(data(next(http, "edit")))
          .containsEntry("kind", "created")
          .containsEntry("editor", "api_key");
      api.send("PATCH", job, "{\"schedule_expr\": \"1s\"}");
      Map<String, Object> run = next(http, "run");
      assertThat(data(run))
          .containsEntry("job_name", "told")
          .containsEntry("status", "success")
          .doesNotContainKey("logs");
      api.send("DELETE", job, null);
    }
  }

  @Test
  void whoComesBackMissesNothing() throws Exception {
    String first;
    try (RawHttp http = follow("?types=edit", "")) {
      job("one");
      first = next(http).get("id").toString();
    }
    job("two");
    job("three");
    try (RawHttp http = follow("?types=edit", "Last-Event-ID: " + first + "\r\n")) {
      assertThat(next(http)).containsEntry("event", "edit");
      assertThat(next(http)).containsEntry("event", "edit");
    }
    try (RawHttp http = follow("?types=edit&last_event_id=" + first, "")) {
      assertThat(Long.parseLong(next(http).get("id").toString()))
          .isGreaterThan(Long.parseLong(first));
    }
  }

  @Test
  void whoWantsWhatThereIsNotIsTold() {
    assertThat(api.get("/api/v1/events?types=fires").status()).isEqualTo(400);
  }

  @Test
  void manyFollowAndLeaveWithoutAWord() throws Exception {
    RawHttp[] all = new RawHttp[100];
    for (int i = 0; i < all.length; i++) {
      all[i] = follow("?types=edit", "");
    }
    job("for all");
    for (RawHttp http : all) {
      assertThat(next(http)).containsEntry("event", "edit");
    }
    for (RawHttp http : all) {
      http.close();
    }
    job("for nobody");
    assertThat(api.get("/health").status()).isEqualTo(200);
  }
}
