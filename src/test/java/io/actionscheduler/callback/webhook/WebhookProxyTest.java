package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests through an HTTP proxy, which looks up names itself. */
class WebhookProxyTest {
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private ServerSocket listening;
  private volatile String answer = "";

  @BeforeEach
  void listen() throws Exception {
    ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listening = proxy;
    Thread server = new Thread(() -> serve(proxy), "proxy");
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({"1.1", "auto"})
  void withoutTlsTheProxyIsAskedForTheWholeAddress(String version) throws Exception {
    answer = "200 OK";
    assertThat(deliver("http://server.example/x?y=1", version).failed()).isEmpty();
    assertThat(asked.poll(60, TimeUnit.SECONDS))
        .isEqualTo("POST http://server.example/x?y=1 HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, 1.1",
    "407 Who, 1.1",
    "502 Bad Gateway, 1.1",
    "502 Bad Gateway, auto"
  })
  void aProxyThatDoesNotConnectIsNoAnswerOfTheServer(String refusal, String version)
      throws Exception {
    answer = refusal;
    CallbackException why = deliver("https://server.example/x", version).failed().get(0);
    assertThat(asked.poll(60, TimeUnit.SECONDS)).isEqualTo("CONNECT server.example:443 HTTP/1.1");
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    if (version.equals("1.1")) {
      assertThat(why.outcomeUnknown()).isFalse();
      assertThat(why)
          .hasMessageContaining("the proxy 127.0.0.1:" + listening.getLocalPort())
          .hasMessageContaining("answered " + refusal.substring(0, 3));
    }
  }

  private Reported deliver(String url, String version) throws Exception {
    Map<String, String> settings =
        Map.of(
            "url",
            url,
            "proxy",
            "127.0.0.1:" + listening.getLocalPort(),
            "http_version",
            version,
            "method",
            "POST",
            "text",
            "x");
    try (BatchCallback callback =
        new WebhookFactory()
            .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings))) {
      return Reported.on(callback, Deliveries.many(1));
    }
  }

  private void serve(ServerSocket proxy) {
    while (true) {
      try (Socket client = proxy.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String first = in.readLine();
        String line = first;
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        asked.add(String.valueOf(first));
        client
            .getOutputStream()
            .write(
                ("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        if (proxy.isClosed()) {
          return;
        }
      }
    }
  }
}
