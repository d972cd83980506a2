package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCallbackTest {
  private static final Delivery REPORT =
      Deliveries.of("Отчёт \"A\"", "make", Map.of("room", "a/b c", "id", 5L));

  private TestHttp http;
  private final List<BatchCallback> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    http = TestHttp.start();
  }

  @AfterEach
  void stop() {
    open.forEach(BatchCallback::close);
    http.close();
  }

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

  @ParameterizedTest
  @CsvSource({
    "200, , ",
    "201, , ",
    "204, , ",
    "400, PERMANENT, ",
    "401, AWAY, ",
    "403, PERMANENT, ",
    "404, PERMANENT, ",
    "408, REFUSED, ",
    "410, PERMANENT, ",
    "422, PERMANENT, ",
    "425, REFUSED, ",
    "429, REFUSED, 7",
    "500, REFUSED, ",
    "503, REFUSED, 90",
    "304, PERMANENT, ",
  })
  void theStatusDecides(int status, Kind kind, Integer retryAfter) throws Exception {
    Map<String, String> headers =
        retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter.toString());
    http.answer(request -> new Answer(status, headers, status >= 400 ? "why\nnot" : ""));
    Reported reported = deliver(Map.of("url", url("/")));
    if (kind == null) {
      assertThat(reported.delivered()).hasSize(1);
      return;
    }
    CallbackException why = reported.failed().get(0);
    assertThat(why.kind()).isEqualTo(kind);
    assertThat(why.outcomeUnknown()).isFalse();
    assertThat(why).hasMessageContaining("answered " + status);
    if (retryAfter != null) {
      assertThat(why.retryAfter()).contains(Duration.ofSeconds(retryAfter));
    } else {
      assertThat(why.retryAfter()).isEmpty();
    }
    if (status >= 400) {
      assertThat(why).hasMessageEndingWith("answered " + status + ": why");
      assertThat(why.output()).isEqualTo("why\nnot");
    }
  }

  @ParameterizedTest
  @CsvSource({"999999999, 86400", "0, 0", "soon, ", "-5, "})
  void retryAfterIsBounded(String told, Long seconds) throws Exception {
    http.answer(request -> new Answer(429, Map.of("Retry-After", told), ""));
    CallbackException why = deliver(Map.of("url", url("/"))).failed().get(0);
    assertThat(why.retryAfter().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"100, 95, 100", "-100, 0, 0", "100000, 86400, 86400"})
  void retryAfterMayBeADate(int ahead, long least, long most) throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(ahead).atZone(ZoneOffset.UTC));
    http.answer(request -> new Answer(429, Map.of("Retry-After", date), ""));
    CallbackException why = deliver(Map.of("url", url("/"))).failed().get(0);
    assertThat(why.retryAfter().orElseThrow().toSeconds()).isBetween(least, most);
  }

  @Test
  void theAnswerIsKeptUpTo64KiB() throws Exception {
    http.answer(request -> new Answer(200, Map.of(), "ok"));
    assertThat(output(deliver(Map.of("url", url("/"))))).isEqualTo("ok");
    http.answer(request -> new Answer(200, Map.of(), "x".repeat(5_000_000)));
    assertThat(output(deliver(Map.of("url", url("/")))))
        .hasSizeBetween(65_000, 65_536)
        .endsWith("[cut here]");
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

  @ParameterizedTest
  @CsvSource({
    "POST, 307, /there, true",
    "POST, 308, /there, true",
    "POST, 302, /there, false",
    "GET, 302, /there, true",
    "POST, 307, http://localhost:1/there, false",
    "POST, 307, //evil.example/there, false",
    "POST, 307, ftp://127.0.0.1/there, false",
    "POST, 307, /again, false",
  })
  void aRedirectIsFollowedOnTheSameHostOnly(
      String method, int status, String location, boolean followed) throws Exception {
    http.answer(
        request ->
            request.path().equals("/there")
                ? Answer.of(200)
                : new Answer(status, Map.of("Location", location), ""));
    Reported reported = deliver(Map.of("url", url("/here"), "method", method));
    if (followed) {
      assertThat(http.taken())
          .singleElement()
          .satisfies(request -> assertThat(request.method()).isEqualTo(method))
          .satisfies(
              request ->
                  assertThat(request.headers())
                      .containsEntry("Idempotency-Key", "7@2026-11-20T10:00:00Z"));
    } else {
      assertThat(reported.failed().get(0).kind()).isEqualTo(Kind.PERMANENT);
      assertThat(http.taken()).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsAwayWhereAllGoToIt() throws Exception {
    int port = http.port();
    http.close();
    CallbackException why = deliver(Map.of("url", "http://127.0.0.1:" + port)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.AWAY);
    assertThat(why.outcomeUnknown()).isFalse();
  }

  @Test
  void aServerThatIsNotThereRefusesOneFireWhereEachHasItsOwn() throws Exception {
    Delivery gone = Deliveries.of("x", "x", Map.of("url", "http://127.0.0.1:1/"));
    Delivery well = Deliveries.of("x", "x", Map.of("url", url("/a/b?c=d")));
    Delivery none = Deliveries.of("x", "x", Map.of());
    Delivery file = Deliveries.of("x", "x", Map.of("url", "file:///etc/passwd"));
    Delivery metadata =
        Deliveries.of("x", "x", Map.of("url", "http://169.254.169.254/latest/meta-data/"));
    Reported reported =
        Reported.on(
            callback(Map.of("url", "{parameters.url}")), List.of(gone, well, none, file, metadata));
    assertThat(reported.delivered()).containsExactly(1);
    assertThat(http.taken().get(0).path()).isEqualTo("/a/b?c=d");
    assertThat(reported.failed().get(0).kind()).isEqualTo(Kind.REFUSED);
    assertThat(reported.failed().get(2).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(reported.failed().get(3).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(reported.failed().get(4).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(reported.failed().get(4)).hasMessageContaining("allowed_addresses");
  }

  @Test
  void aServerThatTakesTooLongHasMaybeTakenTheFire() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    http.answer(
        request -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Answer.of(200);
        });
    CallbackException why = deliver(Map.of("url", url("/"), "timeout", "200ms")).failed().get(0);
    end.countDown();
    assertThat(why.kind()).isEqualTo(Kind.AWAY);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessageContaining("time limit");
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
      assertThat(why.kind()).isEqualTo(Kind.AWAY);
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
        "url=http://x/{nmae}; callbacks.hook.url: {nmae} is unknown; did you mean name?",
        "url=http://x method=FETCH; callbacks.hook.method: \"FETCH\" is not allowed",
        "url=http://x body={; callbacks.hook.body: is not JSON",
        "url=http://x body={} text=x; callbacks.hook.text: set beside body",
        "url=http://x headers.Host=x; callbacks.hook.headers.Host: cannot be set",
        "url=http://x headers.X={y}; callbacks.hook.headers.X: {y} is unknown",
        "url=http://x allowed_addresses=10/8; callbacks.hook.allowed_addresses: \"10/8\"",
        "url=http://x http_version=3; callbacks.hook.http_version: \"3\"",
        "url=http://x secret=whsec_!; callbacks.hook.secret: is no key",
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

  private Reported deliver(Map<String, String> settings) throws Exception {
    return Reported.on(callback(settings), List.of(REPORT));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + http.port() + path;
  }

  private static String output(Reported reported) {
    assertThat(reported.delivered()).hasSize(1);
    return reported.output(0);
  }

  private BatchCallback callback(Map<String, String> settings) throws InvalidSetting {
    BatchCallback callback =
        new WebhookFactory()
            .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings));
    open.add(callback);
    return callback;
  }
}
