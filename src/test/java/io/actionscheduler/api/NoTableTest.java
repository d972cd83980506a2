package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.TestHttp;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API of a scheduler whose actions come from REST services alone. */
class NoTableTest {
  @TempDir private Path folder;

  private static TestHttp service() throws Exception {
    TestHttp service = TestHttp.start();
    service.answer(
        request ->
            new TestHttp.Answer(
                200,
                Map.of(),
                "[{\"id\": 1, \"name\": \"good\", \"cron_expression\": \"0 9 * * *\"}]"));
    return service;
  }

  private ApiWorld world(String sources) {
    String config =
        """
        timezone: UTC
        action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
        rest: {sources: {%s}}
        """;
    return ApiWorld.of(folder, ApiWorld.OPEN + config.formatted(sources));
  }

  @Test
  void theJobsOfTheOnlyServiceAreListed() throws Exception {
    try (TestHttp service = service();
        ApiWorld world = world("crm: {url: \"http://127.0.0.1:%d\"}".formatted(service.port()))) {
      ApiClient api = world.client();
      await().until(() -> api.get("/api/v1/jobs").body().contains("\"crm:1\""));
      assertThat(api.get("/jobs").body()).contains("\"crm:1\"");
      assertThat(api.get("/api/v1/jobs?q=nothing").status()).isEqualTo(200);
    }
  }

  @Test
  void severalServicesAreNamed() throws Exception {
    try (TestHttp service = service();
        ApiWorld world =
            world(
                "crm: {url: \"http://127.0.0.1:%1$d\"}, erp: {url: \"http://127.0.0.1:%1$d\"}"
                    .formatted(service.port()))) {
      ApiClient api = world.client();
      await().until(() -> api.get("/api/v1/jobs?source=erp").body().contains("\"erp:1\""));
      ApiClient.Reply answer = api.get("/api/v1/jobs");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).contains("name a REST service: source=crm, source=erp");
    }
  }
}
