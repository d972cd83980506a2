package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status decides, whatever becomes of the body. */
class WebhookBodyTest {

  @ParameterizedTest
  @CsvSource({
    "200 OK, goes on, ",
    "200 OK, breaks off, ",
    "422 No, goes on, PERMANENT",
    "422 No, breaks off, PERMANENT",
    "500 No, goes on, REFUSED",
    "500 No, breaks off, REFUSED",
    "429 No, breaks off, REFUSED",
    "401 No, breaks off, UNAVAILABLE",
  })
  void anAnswerCountsThoughItsBodyDoesNotEnd(String status, String then, Kind kind)
      throws Exception {
    String head =
        then.equals("goes on")
            ? "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            : "Content-Length: 100\r\nWWW-Authenticate: Basic realm=x\r\n\r\nhello";
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () ->
                  answer(listening, "HTTP/1.1 " + status + "\r\n" + head, then.equals("goes on")));
      server.start();
      Reported reported = deliver(listening.getLocalPort());
      server.join(10_000);
      if (kind == null) {
        assertThat(reported.failed()).isEmpty();
        assertThat(reported.output(0)).isEqualTo("hello");
        return;
      }
      CallbackException why = reported.failed().get(0);
      assertThat(why.kind()).as(why.getMessage()).isEqualTo(kind);
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(why.output()).isEqualTo("hello");
    }
  }

  /** Answers one request, and waits for the other side to hang up or does so itself. */
  private static void answer(ServerSocket listening, String text, boolean waits) {
    try (Socket client = listening.accept()) {
      InputStream in = client.getInputStream();
      in.read(new byte[65_536]);
      client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      while (waits && in.read() >= 0) {
        // the rest of the request, where it came in parts
      }
    } catch (IOException e) {
      // hung up on: that is an end, too
    }
  }

  private static Reported deliver(int port) throws Exception {
    Map<String, String> settings =
        Map.of("url", "http://127.0.0.1:" + port + "/", "timeout", "1s", "text", "x");
    try (BatchCallback callback =
        new WebhookFactory()
            .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings))) {
      return Reported.on(callback, Deliveries.many(1));
    }
  }
}
