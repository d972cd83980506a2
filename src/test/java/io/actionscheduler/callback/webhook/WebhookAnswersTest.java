package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestHttp.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a fire by what is answered, or is not. */
class WebhookAnswersTest extends WebhookWorld {
  @ParameterizedTest
  @CsvSource({
    "200, , ",
    "201, , ",
    "204, , ",
    "400, PERMANENT, ",
    "401, UNAVAILABLE, ",
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
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
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
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessageContaining("time limit");
  }
}
