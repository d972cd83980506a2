package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that run code are refused where every run would fail, and not found out one by one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeJobsTest {
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) {
    world =
        ApiWorld.with(
                folder,
                "http: {port: 0, api_key: " + ApiWorld.ALL + "}\n",
                "execution: {enabled: true, max_time_limit: 10m}\n")
            .awaitReady();
    api = world.client(ApiWorld.ALL);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private static String job(String payload) {
    return "{\"name\": \"n\", \"schedule_expr\": \"@yearly\", \"payload\": " + payload + "}";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "python_code"}                                      | #/payload/code: "code" is required
          {"type": "python_code", "code": ""}                          | #/payload/code: "code"
          {"type": "python_code", "code": 7}                           | #/payload/code: "code": 7 is not allowed; allowed: a text
          {"type": "shell_script", "code": "ls"}                       | #/payload/script: "script" is required
          {"type": "shell_script", "script": "ls", "time_limit": "1h"} | #/payload/time_limit: "time_limit": "1h" is not allowed; allowed:
          {"type": "shell_script", "script": "ls", "time_limit": 0}    | #/payload/time_limit
          {"type": "number_crunching"}                                 | #/payload/operation: "operation" is required
          {"type": "number_crunching", "operation": "fibo", "n": 1}    | allowed: fibonacci, prime_numbers, factorial
          {"type": "number_crunching", "operation": "fibonacci"}       | #/payload/n: "n" is required, and not set; allowed: a whole number from 0 to 300000
          {"type": "number_crunching", "operation": "fibonacci", "n": 1000000000} | #/payload/n: "n": 1000000000 is not allowed
          {"type": "number_crunching", "operation": "prime_numbers", "limit": "10"} | #/payload/limit
          """)
  void parametersWithWhichEveryRunWouldFailAreRefused(String payload, String told) {
    Reply reply = api.post("/api/v1/jobs", job(payload));

    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.object().get("detail").toString()).contains(told);
  }

  @Test
  void aChangeIsCheckedWhereItNamesThem() {
    Reply created =
        api.post("/api/v1/jobs", job("{\"type\": \"python_code\", \"code\": \"pass\"}"));
    String at = "/api/v1/jobs/" + created.object().get("id");

    assertThat(api.send("PATCH", at, "{\"payload\": {\"type\": \"shell_script\"}}").body())
        .contains("#/payload/script");
    assertThat(api.send("PATCH", at, "{\"parameters\": {}}").body()).contains("#/parameters/code");
    assertThat(api.send("PATCH", at, "{\"job_type\": \"number_crunching\"}").status())
        .isEqualTo(422);
    assertThat(api.send("PATCH", at, "{\"name\": \"m\"}").status()).isEqualTo(200);
    assertThat(api.send("PATCH", at, "{\"payload\": {\"type\": \"quiet\"}}").status())
        .isEqualTo(200);
  }
}
