package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a webhook sends, and to whom. */
class WebhookCallbackTest extends WebhookWorld {
  @Test
  void byItselfItPostsEverythingAsJsonAndTellsTheFireInHeaders() throws Exception {
    assertThat(deliver(Map.of("url", url("/hook"))).delivered()).hasSize(1);
    Request request = http.taken().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/hook");
    assertThat(request.body()).startsWith("{\"fire_id\": \"7@2026-11-20T10:00:00Z\", ");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Idempotency-Key", "7@2026-11-20T10:00:00Z")
        .containsEntry("X-Fire-Id", "7@2026-11-20T10:00:00Z")
        .containsEntry("X-Action-Id", "7")
        .containsEntry("X-Action-Name", "%D0%9E%D1%82%D1%87%D1%91%D1%82 \"A\"")
        .containsEntry("X-Scheduled-Time", "2026-11-20T10:00:00Z")
        .containsEntry("X-Delivered-Time", "2026-11-20T10:00:00.002Z")
        .containsEntry("X-Cause", "schedule")
        .containsEntry("X-Missed-Count", "0")
        .containsEntry("X-Attempt", "1")
        .doesNotContainKeys("X-First-Missed", "webhook-signature");
  }

  @Test
  void methodUrlHeadersAndBodyAreTemplates() throws Exception {
    Map<String, String> settings =
        Map.of(
            "url", url("/rooms/{parameters.room}?q={name}"),
            "method", "{parameters.method|PUT}",
            "headers.X-Room", "room {parameters.room}",
            "headers.Authorization", "Bearer secret",
            "body", "{\"text\": \"Done: {name}\", \"id\": \"{json:parameters.id}\"}");
    deliver(settings);
    Request request = http.taken().get(0);
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path())
        .isEqualTo("/rooms/a%2Fb%20c?q=%D0%9E%D1%82%D1%87%D1%91%D1%82%20%22A%22");
    assertThat(request.headers())
        .containsEntry("X-Room", "room a/b c")
        .containsEntry("Authorization", "Bearer secret");
    assertThat(request.body())
        .isEqualTo(
            "{\"text\": \"Done: \\u041e\\u0442\\u0447\\u0451\\u0442 \\\"A\\\"\", \"id\": 5}");
  }

  @Test
  void noValueCanAddAHeaderOrChangeTheHost() throws Exception {
    Delivery evil =
        Deliveries.of("a\r\nX-Evil: 1", "x", Map.of("room", "@evil.example/../..?#\r\n"));
    Map<String, String> settings =
        Map.of("url", url("/{parameters.room}"), "headers.X-Name", "{name}", "text", "{name}");
    assertThat(Reported.on(callback(settings), List.of(evil)).delivered()).hasSize(1);
    Request request = http.taken().get(0);
    assertThat(request.path()).isEqualTo("/%40evil.example%2F..%2F..%3F%23%0D%0A");
    assertThat(request.headers())
        .containsEntry("X-Name", "a  X-Evil: 1")
        .doesNotContainKey("X-Evil");
    assertThat(request.body()).isEqualTo("a\r\nX-Evil: 1");
  }

  @Test
  void theSignatureIsThatOfStandardWebhooks() throws Exception {
    String secret = "whsec_" + Base64.getEncoder().encodeToString("key of ours".getBytes());
    deliver(Map.of("url", url("/"), "secret", secret, "text", "Ж {command}"));
    Request request = http.taken().get(0);
    String signed =
        request.headers().get("webhook-id")
            + "."
            + request.headers().get("webhook-timestamp")
            + "."
            + request.body();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("key of ours".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String expected =
        Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    assertThat(request.headers())
        .containsEntry("webhook-id", "7@2026-11-20T10:00:00Z")
        .containsEntry("webhook-timestamp", "1795168800")
        .containsEntry("webhook-signature", "v1," + expected);
  }

  @Test
  void oneHostNeverGetsMoreRequestsAtATimeThanItMay() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    http.answer(
        request -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          now.decrementAndGet();
          return Answer.of(200);
        });
    BatchCallback callback = callback(Map.of("url", url("/"), "max_connections_per_host", "2"));
    List<Thread> threads = new ArrayList<>();
    AtomicInteger delivered = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  delivered.addAndGet(
                      Reported.on(callback, Deliveries.many(20)).delivered().size());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(delivered).hasValue(200);
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void anAuthorityOfOnesOwnIsTrustedWhereItIsNamed(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    try (TestHttp https = TestHttp.start(certificate.server())) {
      String url = "https://localhost:" + https.port() + "/";
      String ca = certificate.certificate().toString();
      assertThat(deliver(Map.of("url", url, "tls_ca", ca)).delivered()).hasSize(1);
      CallbackException why = deliver(Map.of("url", url)).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(https.taken()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; callbacks.hook.url: required",
        "url=ftp://x; callbacks.hook.url: \"ftp://x\" is not allowed",
        "url=http://user:pw@x/; callbacks.hook.url",
        "url=http://h:70000/x; callbacks.hook.url: \"http://h:70000/x\" is not allowed; allowed: ports",
        "url=http://x/{nmae}; callbacks.hook.url: {nmae} is unknown; did you mean name?",
        "url=http://x method=FETCH; callbacks.hook.method: \"FETCH\" is not allowed",
        "url=http://x body={; callbacks.hook.body: is not JSON",
        "url=http://x body={} text=x; callbacks.hook.text: set beside body",
        "url=http://x headers.Host=x; callbacks.hook.headers.Host: cannot be set",
        "url=http://x headers.X={y}; callbacks.hook.headers.X: {y} is unknown",
        "url=http://x allowed_addresses=10/8; callbacks.hook.allowed_addresses: \"10/8\"",
        "url=http://x http_version=3; callbacks.hook.http_version: \"3\"",
        "url=http://web_1:80/x http_version=2; callbacks.hook.http_version: HTTP/2 is not possible with the host \"web_1:80\"",
        "url=https://my_host http_version=auto; callbacks.hook.http_version: HTTP/2 is not possible",
        "url=http://web_1/{name} http_version=2; callbacks.hook.http_version: HTTP/2 is not possible",
        "url=http://x secret=whsec_!; callbacks.hook.secret: is not a key",
        "url=http://x proxy=x; callbacks.hook.proxy: \"x\"",
        "url=http://x timeout=0; callbacks.hook.timeout: \"0\" is not allowed",
      })
  void wrongSettingsAreToldAtTheStart(String settings, String told) {
    Map<String, String> values = new HashMap<>();
    for (String each : settings == null ? new String[0] : settings.split(" ")) {
      values.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> callback(values))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(told);
  }
}
