package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.text.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs told to receivers of the settings, one of which takes connections and never answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookEventsTest {
  private TestHttp receiver;
  private ServerSocket silent;
  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    receiver = TestHttp.start();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String http =
        """
        http:
          port: 0
          events:
            webhooks:
              - name: failures
                url: http://127.0.0.1:%1$d/failures
                secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                types: [run.failed]
              - name: quiet-runs
                url: http://127.0.0.1:%1$d/quiet
                secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                callbacks: quiet
              - name: silent
                url: http://127.0.0.1:%2$d/
                secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                timeout: 1s
        """
            .formatted(receiver.port(), silent.getLocalPort());
    world = ApiWorld.with(folder, http, "retry: {max_retries: 0}\n").awaitReady();
    api = world.client();
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
    receiver.close();
    silent.close();
  }

  private String job(String name, String callback) {
    return api.post(
            "/api/v1/jobs",
            """
            {"name": "%s", "schedule_expr": "1s", "payload": {"type": "%s"}}
            """
                .formatted(name, callback))
        .header("Location");
  }

  private List<TestHttp.Request> taken(String path) {
    return receiver.taken().stream().filter(request -> request.path().equals(path)).toList();
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> body(TestHttp.Request request) throws Exception {
    return (Map<String, Object>) Json.parse(request.body());
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private List<Map<String, Object>> webhooks() {
    Map<String, Object> parts =
        (Map<String, Object>) api.get("/health/ready").object().get("parts");
    return (List<Map<String, Object>>) parts.get("webhooks");
  }

  @Test
  void whoeverIsToldHearsOfWhatHeAskedForAndASilentReceiverHoldsNothingUp() throws Exception {
    String quiet = job("steady", "quiet");
    String loud = job("other", "loud");
    await().atMost(Duration.ofSeconds(60)).until(() -> taken("/quiet").size() >= 3);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !"ok".equals(webhooks().get(2).get("status")));

    TestHttp.Request request = taken("/quiet").get(0);
    Map<String, Object> event = body(request);
    assertThat(event).containsEntry("type", "run.success").containsKey("timestamp");
    @SuppressWarnings("unchecked") // an object
    Map<String, Object> run = (Map<String, Object>) event.get("data");
    assertThat(run)
        .containsEntry("job_name", "steady")
        .containsEntry("callback", "quiet")
        .containsEntry("fire_id", request.headers().get("webhook-id"))
        .doesNotContainKey("logs");
    assertThat(taken("/failures")).isEmpty();
    assertThat(taken("/quiet"))
        .extracting(one -> one.headers().get("webhook-id"))
        .doesNotHaveDuplicates();

    assertThat(api.get("/health/ready").object()).containsEntry("status", "degraded");
    assertThat(webhooks().get(0)).containsEntry("status", "ok").containsEntry("problem", null);
    assertThat(webhooks().get(2))
        .containsEntry("status", "unavailable")
        .containsEntry("problem", "no answer within 1.0 s")
        .containsEntry("delivered", 0L);
    assertThat(api.get("/metrics").body())
        .contains(
            "action_scheduler_webhook_up{webhook=\"silent\"} 0.0",
            "action_scheduler_webhook_up{webhook=\"failures\"} 1.0",
            "action_scheduler_webhook_events_total{outcome=\"dropped\",webhook=\"silent\"} 0.0");
    api.send("DELETE", quiet, null);
    api.send("DELETE", loud, null);
  }

  @Test
  void aRunByHandIsToldToo() {
    String job =
        api.post(
                "/api/v1/jobs", "{\"name\": \"hand\", \"schedule_expr\": \"2050-01-01T00:00:00Z\"}")
            .header("Location");
    Object fire = api.post(job + "/run", "").object().get("fire_id");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                taken("/quiet").stream()
                    .anyMatch(one -> fire.equals(one.headers().get("webhook-id"))));
    api.send("DELETE", job, null);
  }
}
