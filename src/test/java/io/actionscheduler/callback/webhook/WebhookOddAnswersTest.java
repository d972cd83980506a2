package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that break a rule of HTTP: the status decides all the same, and so once for all. */
class WebhookOddAnswersTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile String answer = "";
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private volatile boolean hangsUp;
  private ServerSocket listening;

  @BeforeEach
  void listen() throws Exception {
    listening = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    ServerSocket from = listening;
    Thread server = new Thread(() -> accept(from), "odd server");
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    listening.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content\nTransfer-Encoding: chunked\n\n0\n\n",
        "204 No Content\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n",
        "204 No Content\nContent-Length: 2\n\nok",
        "204 No Content\nContent-Length: 2\n\n",
        "204 No Content\nContent-Length: 0\n\n",
        "204 No Content\nContent-Length: two\n\n",
        "205 Reset Content\nContent-Length: 2\n\nok",
        "200 OK\nContent-Length: two\n\nok",
        "200 OK\nContent-Length: -1\n\nok",
        "200 OK\nContent-Length: 2\nContent-Length: 3\n\nok",
        "200 OK\nContent-Length: 99999999999999999999\n\nok",
        "200 OK\nTransfer-Encoding: sdch\n\nok",
        "200 OK\nTransfer-Encoding: chunked\n\nzz\nok\n0\n\n",
        "200 OK\nX Header: a\nContent-Length: 2\n\nok",
        "200 OK\n: a\nContent-Length: 2\n\nok",
        "200 OK\n folded: a\nContent-Length: 2\n\nok",
        "200 OK\nno colon at all\nContent-Length: 2\n\nok",
        "200 OK\nX-A: a\u0001\u0000b\nContent-Length: 2\n\nok",
        "200 OK\nX-A: \u00fc\u00ff\nContent-Length: 2\n\nok",
        "200\nContent-Length: 2\n\nok",
        "200 OK\n\n",
        "299 Whatever\nContent-Length: 2\n\nok",
        "200 OK\nContent-Encoding: gzip\nContent-Length: 2\n\nok",
        "200 OK\nSet-Cookie: a=b; Expires=never; Domain=\nContent-Length: 2\n\nok",
        "200 OK\nKeep-Alive: timeout=soon, max\nContent-Length: 2\n\nok",
        "200 OK\nConnection: upgrade\nUpgrade: \nContent-Length: 2\n\nok",
      })
  void aStatusOf2xxIsDelivered(String odd) throws Exception {
    answer = "HTTP/1.1 " + odd;
    hangsUp = odd.contains("200 OK\n\n") || odd.contains("9999");
    assertThatEachIsDeliveredOnce();
  }

  @Test
  void manyAndLongHeadersDoNotHideTheStatus() throws Exception {
    answer = "HTTP/1.1 200 OK\nX-A: " + "a".repeat(600_000) + "\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
    answer = "HTTP/1.1 200 OK\n" + "X-A: a\n".repeat(100_000) + "Content-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
  }

  @Test
  void aStatusCountsThoughTheHeadersBreakOff() throws Exception {
    hangsUp = true;
    answer = "HTTP/1.1 200 OK\nContent-Le";
    assertThatEachIsDeliveredOnce();
  }

  @Test
  void theVersionThatIsSaidDoesNotMatter() throws Exception {
    answer = "HTTP/2.0 200 OK\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
    answer = "HTTP/1.0 200 OK\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
  }

  @Test
  void whatIsSaidBeforeTheStatusIsNotTheStatus() throws Exception {
    answer =
        "HTTP/1.1 100 Continue\n\nHTTP/1.1 102 Processing\n\nHTTP/1.1 103 Early Hints\nLink: <a>\n\n"
            + "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
  }

  @ParameterizedTest
  @CsvSource({"422, PERMANENT", "503, REFUSED", "401, UNAVAILABLE"})
  void anotherStatusDecidesAsWell(String status, Kind kind) throws Exception {
    answer = "HTTP/1.1 " + status + " No\nX Header: a\nContent-Length: two\n\nno";
    CallbackException why = Reported.on(callback("10s"), Deliveries.many(1)).failed().get(0);
    assertThat(why.kind()).isEqualTo(kind);
    assertThat(why.outcomeUnknown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 OK\n\n", "hello\n\n", "HTTP/1.1 20\n\n", "\u0016\u0003\u0001"})
  void whatIsNoAnswerOfHttpHasMaybeTakenTheFire(String odd) throws Exception {
    hangsUp = true;
    answer = odd;
    CallbackException why = Reported.on(callback("10s"), Deliveries.many(1)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isTrue();
  }

  /** As servers do with a body that is too large for them: they read the rest, or do not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerBeforeTheBodyIsReadDecides(boolean readsTheRest) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Thread early =
        new Thread(
            () -> {
              try (ServerSocket other = listening;
                  Socket client = other.accept()) {
                client.getInputStream().read(new byte[1_000]);
                client
                    .getOutputStream()
                    .write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".getBytes());
                if (readsTheRest) {
                  client.shutdownOutput();
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
                answered.await();
              } catch (IOException | InterruptedException e) {
                // hung up on
              }
            });
    stop();
    listening = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    early.start();
    Delivery large = Deliveries.of("a", "x".repeat(5_000_000), Map.of());
    CallbackException why = Reported.on(callback("20s"), List.of(large)).failed().get(0);
    answered.countDown();
    assertThat(why).hasMessageContaining("answered 413");
    assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
  }

  @Test
  void aConnectionIsUsedAgainAfterAGoodAnswer() throws Exception {
    answer = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
    assertThat(connections).hasValueLessThan(4);
  }

  @Test
  void aConnectionIsNotKeptForLongerThanTheServerSays() throws Exception {
    answer = "HTTP/1.1 200 OK\nKeep-Alive: timeout=0\nContent-Length: 2\n\nok";
    assertThatEachIsDeliveredOnce();
    assertThat(connections).hasValue(4);
  }

  /** A server closes idle connections at moments of its own; a fire sent then may be lost on it. */
  @Test
  void anIdleConnectionIsGivenUpBeforeTheServerDoes() throws Exception {
    answer = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
    try (BatchCallback callback = callback("10s")) {
      assertThat(Reported.on(callback, Deliveries.many(1)).failed()).isEmpty();
      assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /**
   * Not one after another as they come, but each by itself: what is left of one is for no other.
   */
  private void assertThatEachIsDeliveredOnce() throws Exception {
    int before = taken.get();
    try (BatchCallback callback = callback("10s")) {
      for (Delivery each : Deliveries.many(4)) {
        Reported reported = Reported.on(callback, List.of(each));
        assertThat(reported.failed())
            .as(answer.substring(0, Math.min(80, answer.length())))
            .isEmpty();
      }
    }
    assertThat(taken.get() - before).isEqualTo(4);
  }

  private BatchCallback callback(String timeout) throws Exception {
    String url = "http://127.0.0.1:" + listening.getLocalPort() + "/";
    return new WebhookFactory()
        .create(
            new CallbackSettings(
                "hook", "webhook", "callbacks.hook", Map.of("url", url, "timeout", timeout)));
  }

  private void accept(ServerSocket from) {
    while (true) {
      Socket client;
      try {
        client = from.accept();
      } catch (IOException e) {
        return; // the test is over
      }
      connections.incrementAndGet();
      Thread talk = new Thread(() -> talk(client), "odd answer");
      talk.setDaemon(true);
      talk.start();
    }
  }

  private void talk(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      while (true) {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
          head.append((char) in.readUnsignedByte());
        }
        Matcher length = LENGTH.matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        taken.incrementAndGet();
        client
            .getOutputStream()
            .write(answer.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (hangsUp) {
          return;
        }
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }
}
