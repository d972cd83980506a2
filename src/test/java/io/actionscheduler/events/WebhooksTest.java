package io.actionscheduler.events;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.webhook.Signature;
import io.actionscheduler.events.Standing.State;
import io.actionscheduler.fire.Run;
import io.actionscheduler.testing.RawHttp;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.text.Json;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that go to a real server. */
class WebhooksTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.5Z");

  private static Receiver receiver(int port, Duration timeout) {
    return new Receiver(
        "ops",
        URI.create("http://127.0.0.1:" + port + "/hook?a=b"),
        List.of(SECRET, NEXT),
        Set.of(Run.Status.SUCCESS),
        Set.of(),
        new Receiver.Limits(timeout, 4, 100, Duration.ofHours(24)));
  }

  private static Webhooks webhooks(int port, Duration timeout) {
    return new Webhooks(List.of(receiver(port, timeout)), () -> NOW);
  }

  private static Event event(String id) {
    return new Event(id, Run.Status.SUCCESS, "shell", () -> Map.of("type", "run.success"));
  }

  private static void awaitState(Webhooks webhooks, State state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> webhooks.standings().get(0).state() == state);
  }

  /** As a receiver does it, by the text of the standard and not by our code. */
  private static String expected(String secret, TestHttp.Request request) throws Exception {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String content =
        request.headers().get("webhook-id")
            + "."
            + request.headers().get("webhook-timestamp")
            + "."
            + request.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theSignatureOfTheStandardsOwnExampleIsOurs() {
    assertThat(
            new Signature(SECRET)
                .sign(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    1_614_265_330,
                    "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void anEventIsSignedWithEverySecret() throws Exception {
    try (TestHttp server = TestHttp.start();
        Webhooks webhooks = webhooks(server.port(), Duration.ofSeconds(10))) {
      webhooks.tell(event("rest:é\n1@2026-11-27T12:00:00Z"));
      await().atMost(Duration.ofSeconds(30)).until(() -> server.taken().size() == 1);

      TestHttp.Request request = server.taken().get(0);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/hook?a=b");
      assertThat(request.headers())
          .containsEntry("webhook-id", "rest:%C3%A9 1@2026-11-27T12:00:00Z")
          .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
          .containsEntry(
              "webhook-signature", expected(SECRET, request) + " " + expected(NEXT, request))
          .containsEntry("Content-Type", "application/json");
      assertThat(Json.parse(request.body())).isEqualTo(Map.of("type", "run.success"));
    }
  }

  @Test
  void whatWasRefusedComesAgainUnderTheSameId() throws Exception {
    try (TestHttp server = TestHttp.start();
        Webhooks webhooks = webhooks(server.port(), Duration.ofSeconds(10))) {
      server.answer(request -> TestHttp.Answer.of(503));
      webhooks.tell(event("1@2026-11-27T12:00:00Z"));
      awaitState(webhooks, State.UNAVAILABLE);
      server.answer(request -> TestHttp.Answer.of(200));

      awaitState(webhooks, State.OK);
      assertThat(server.taken())
          .extracting(request -> request.headers().get("webhook-id"))
          .containsExactly("1@2026-11-27T12:00:00Z");
    }
  }

  /** The receiver's own clock counts, which its answer tells. */
  @Test
  void aReceiverMayAskForAWaitUntilADate() throws Exception {
    String tomorrow =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC).plusDays(1));
    try (TestHttp server = TestHttp.start();
        HttpTransport transport = new HttpTransport(() -> NOW, 1)) {
      server.answer(request -> new TestHttp.Answer(429, Map.of("Retry-After", tomorrow), ""));
      Reply reply =
          transport
              .send(receiver(server.port(), Duration.ofSeconds(10)), event("a"))
              .get(30, TimeUnit.SECONDS);

      assertThat(reply.pause()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
    }
  }

  @Test
  void aRedirectLeadsNowhere() throws Exception {
    try (TestHttp other = TestHttp.start();
        TestHttp server = TestHttp.start();
        Webhooks webhooks = webhooks(server.port(), Duration.ofSeconds(10))) {
      server.answer(
          request ->
              new TestHttp.Answer(
                  307, Map.of("Location", "http://127.0.0.1:" + other.port() + "/"), ""));
      webhooks.tell(event("a"));
      awaitState(webhooks, State.REFUSING);
      assertThat(other.taken()).isEmpty();
    }
  }

  @Test
  void nobodyListeningIsUnavailable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Webhooks webhooks = webhooks(port, Duration.ofSeconds(10))) {
      webhooks.tell(event("a"));
      awaitState(webhooks, State.UNAVAILABLE);
      assertThat(webhooks.standings().get(0).problem()).isEqualTo("the connection was refused");
    }
  }

  /** The name of a container has an underscore, and no machine of the tests has such a name. */
  @Test
  void aHostWithAnUnderscoreIsLookedUp() throws Exception {
    Receiver receiver =
        new Receiver(
            "ops",
            URI.create("http://no_such_host.invalid:8080/hook"),
            List.of(SECRET),
            Set.of(Run.Status.SUCCESS),
            Set.of(),
            new Receiver.Limits(Duration.ofSeconds(60), 1, 100, Duration.ofHours(24)));
    try (HttpTransport transport = new HttpTransport(() -> NOW, 1)) {
      Reply reply = transport.send(receiver, event("a")).get(30, TimeUnit.SECONDS);
      assertThat(reply).isEqualTo(Reply.unavailable("its host is unknown"));
    }
  }

  /** The JDK's client refuses such an answer, and the event would be sent again and again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX A: one\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
      })
  void theStatusDecidesWhateverFollowsIt(String answer) throws Exception {
    try (RawHttp server = new RawHttp(answer);
        Webhooks webhooks = webhooks(server.port(), Duration.ofSeconds(60))) {
      webhooks.tell(event("a"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> webhooks.standings().get(0).delivered() == 1);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private interface Answering {
    void to(OutputStream out) throws Exception;
  }

  /** Answers one request on a thread of its own, and runs the task when the client is gone. */
  private static void serve(ServerSocket server, Answering answer, Runnable whenGone) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                in.read(new byte[16_384]); // the head, at least its beginning
                answer.to(socket.getOutputStream());
              } catch (Exception e) { // the client is gone
                whenGone.run();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      serve(
          server,
          out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
              out.write('x');
              out.flush();
              cut.await(10, TimeUnit.MILLISECONDS); // it is slow, and ends only when it is cut off
            }
          },
          cut::countDown);
      try (Webhooks webhooks = webhooks(server.getLocalPort(), Duration.ofMillis(300))) {
        webhooks.tell(event("a"));
        assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aReceiverThatNeverAnswersIsUnavailable() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Webhooks webhooks = webhooks(server.getLocalPort(), Duration.ofMillis(300))) {
      webhooks.tell(event("a"));
      awaitState(webhooks, State.UNAVAILABLE);
      assertThat(webhooks.standings().get(0).problem())
          .matches("(no answer|not connected) within 0\\.3 s"); // a busy machine connects late
    }
  }
}
