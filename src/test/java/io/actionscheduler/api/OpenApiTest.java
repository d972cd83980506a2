package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of itself is what it does: real answers, held against its description. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private ApiWorld world;
  private ApiClient api;
  private Map<String, Object> description;
  private final TreeSet<String> called = new TreeSet<>();

  @BeforeAll
  void start(@TempDir Path folder) {
    world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady();
    api = world.client();
    description = api.get("/openapi.json").object();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** Calls an operation and holds the answer against what the description says of it. */
  private Reply call(String method, String template, String path, String body) {
    Reply reply = api.send(method, path, body);
    called.add(method + " " + template);
    Map<String, Object> operation =
        map(map(map(description.get("paths")).get(template)).get(method.toLowerCase()));
    Map<String, Object> responses = map(operation.get("responses"));
    Map<String, Object> response =
        map(responses.getOrDefault("" + reply.status(), responses.get("default")));
    assertThat(reply.status() < 400 ? responses.keySet() : List.of("" + reply.status()))
        .as(method + " " + path + ": " + reply.body())
        .contains("" + reply.status());
    Map<String, Object> content = map(response.get("content"));
    String type = reply.header("Content-Type").split(";")[0];
    if (content != null) {
      assertThat(content).containsKey(type);
      if (type.endsWith("json")) {
        check(map(content.get(type)).get("schema"), reply.body());
      }
    } else {
      assertThat(reply.body()).isEmpty();
    }
    return reply;
  }

  private void check(Object schema, String body) {
    Map<String, Object> whole = new LinkedHashMap<>(map(schema));
    whole.put("components", description.get("components"));
    List<Error> errors =
        new ArrayList<>(SCHEMAS.getSchema(Json.write(whole)).validate(body, InputFormat.JSON));
    assertThat(errors).as(body).isEmpty();
  }

  @Test
  void itIsOfVersion31AndEveryReferenceLeadsSomewhere() {
    assertThat(description).containsEntry("openapi", "3.1.0");
    List<String> references = new ArrayList<>();
    references(description, references);
    assertThat(references).isNotEmpty();
    Map<String, Object> schemas = map(map(description.get("components")).get("schemas"));
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(schemas).containsKey(reference.replace("#/components/schemas/", "")));
  }

  private static void references(Object value, List<String> into) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String reference) {
        into.add(reference);
      }
      map.values().forEach(member -> references(member, into));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> references(item, into));
    }
  }

  @Test
  void everyOperationAnswersAsItIsDescribed() {
    String jobs = "/api/v1/jobs";
    String job = jobs + "/{id}";
    String made =
        call(
                "POST",
                jobs,
                jobs,
                """
                {"name": "n", "schedule_expr": "*/10 * * * *", "payload": {"type": "loud", "x": [1, null]},
                 "retry_policy": {"max_retries": 1, "retry_delay": 2.5}, "owner_id": "o", "merge_missed": true,
                 "actuality_time": 60, "overlap": "skip", "start_date": "2026-01-01", "jitter": 5}
                """)
            .header("Location");
    call("GET", job, made, null);
    call("GET", jobs, jobs + "?size=5", null);
    call("POST", "/jobs", "/jobs", "{\"name\": \"s\", \"cron_expression\": \"5m\"}");
    call("GET", "/jobs", "/jobs", null);
    call("GET", "/jobs/{id}", made.replace("/api/v1", ""), null);
    call("GET", job + "/next", made + "/next?count=3", null);
    call("PATCH", job, made, "{\"name\": \"m\"}");
    call(
        "PUT",
        job,
        made,
        "{\"name\": \"m\", \"schedule_expr\": {\"format\": \"date\", \"params\": {\"run_date\": \"2050-01-01\"}}}");
    call("PUT", jobs + "/by-name/{name}", jobs + "/by-name/x", "{\"schedule_expr\": \"@daily\"}");
    call("POST", job + "/pause", made + "/pause", null);
    call("POST", job + "/resume", made + "/resume", null);
    call("POST", job + "/run", made + "/run", null);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !api.get(made + "/runs?status=success").list("runs").isEmpty());
    Reply runs = call("GET", job + "/runs", made + "/runs", null);
    call("GET", "/api/v1/runs", "/api/v1/runs?status=success", null);
    call("GET", job + "/output", made + "/output", null);
    call("GET", "/api/v1/runs/{id}", "/api/v1/runs/" + runs.list("runs").get(0).get("id"), null);
    call("GET", job + "/changes", made + "/changes", null);
    call("GET", "/api/v1/changes", "/api/v1/changes", null);
    call("GET", "/api/v1/callbacks", "/api/v1/callbacks", null);
    assertThat(call("GET", "/api/v1/cluster", "/api/v1/cluster", null).status()).isEqualTo(404);
    call("GET", "/api/v1/outcomes", "/api/v1/outcomes?job_ids=1,2&count=5", null);
    call("GET", "/api/v1/plan/week", "/api/v1/plan/week?day=2050-01-01&timezone=Asia/Tokyo", null);
    call("GET", "/api/v1/plan/minute", "/api/v1/plan/minute?at=2049-12-31T00:00:00Z", null);
    call(
        "GET",
        "/api/v1/plan/outage",
        "/api/v1/plan/outage?from=2049-12-31T00:00:00Z&to=2050-01-01T12:00:00Z",
        null);
    call("GET", job + "/why", made + "/why?at=2026-01-01T00:00:00Z", null);
    call("GET", job + "/cadence", made + "/cadence", null);
    call("POST", jobs, jobs + "?dry_run=true", "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}");
    call("PATCH", job, made + "?dry_run=true", "{\"name\": \"n\"}");
    call(
        "POST",
        jobs + "/bulk",
        jobs + "/bulk?dry_run=true",
        "{\"filter\": {}, \"operation\": \"pause\"}");
    String bulk =
        call(
                "POST",
                jobs + "/bulk",
                jobs + "/bulk",
                "{\"filter\": {\"ids\": [1, 2]}, \"operation\": \"pause\"}")
            .header("Location");
    call("GET", "/api/v1/bulk/{id}", bulk, null);
    call("GET", "/api/v1/bulk/{id}/results", bulk + "/results", null);
    call("GET", "/api/v1/bulk/{id}/undo", bulk + "/undo", null);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get(bulk).object().get("status").equals("done"));
    call("POST", "/api/v1/bulk/{id}/undo", bulk + "/undo", null);
    call("GET", "/api/v1/export/runs", "/api/v1/export/runs?status=success", null);
    call("GET", "/api/v1/backlog", "/api/v1/backlog", null);
    call("POST", "/api/v1/backlog", "/api/v1/backlog", "{\"decision\": \"drop\", \"all\": true}");
    call("DELETE", job, made, null);
    call("GET", "/api/v1/overview", "/api/v1/overview", null);
    call("POST", "/api/v1/reload", "/api/v1/reload", null);
    call("GET", "/health", "/health", null);
    call("GET", "/health/ready", "/health/ready", null);
    call("GET", "/metrics", "/metrics", null);
    call("GET", "/openapi.json", "/openapi.json", null);
    call("GET", "/api/v1/session", "/api/v1/session", null);
    call("DELETE", "/api/v1/session", "/api/v1/session", null);
    // problems
    call("GET", job, made, null);
    call("POST", jobs, jobs, "{\"nam\": \"n\"}");
    call("POST", jobs, jobs, "no json");
    call("GET", jobs, jobs + "?page=0", null);
    call("POST", "/api/v1/session", "/api/v1/session", "{\"key\": \"none\"}");

    TreeSet<String> described = new TreeSet<>();
    map(description.get("paths"))
        .forEach(
            (path, operations) ->
                map(operations)
                    .keySet()
                    .forEach(method -> described.add(method.toUpperCase() + " " + path)));
    described.remove("GET /api/v1/events"); // which has no end; EventsTest follows it
    assertThat(called).isEqualTo(described);
  }

  @Test
  void thePagesOfTheDescriptionNeedNothingFromElsewhere() {
    for (String page : List.of("/docs", "/redoc")) {
      Reply reply = api.get(page);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self';");
      assertThat(reply.body()).doesNotContain("http://", "https://", "//cdn");
      for (String part : reply.body().split("(src|href)=\"")) {
        String file = part.substring(0, part.indexOf('"') < 0 ? 0 : part.indexOf('"'));
        if (file.startsWith("docs/")) {
          assertThat(api.get("/" + file).status()).as(file).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void filesOfPagesArePackedForThoseWhoCanUnpackThem() {
    String file = "/docs/swagger-ui.css";
    ApiClient unpacks = api.with("Accept-Encoding", "br, gzip;q=0.5");
    Reply packed = unpacks.get(file);
    Reply plain = api.with("Accept-Encoding", "gzip;q=0, *").get(file);

    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(Integer.parseInt(packed.header("Content-Length")))
        .isLessThan(Integer.parseInt(plain.header("Content-Length")) / 3);
    assertThat(unpacks.with("If-None-Match", packed.header("ETag")).get(file).status())
        .isEqualTo(304);
  }
}
