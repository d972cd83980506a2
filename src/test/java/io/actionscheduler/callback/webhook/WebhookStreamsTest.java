package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that says how many requests it takes at a time on its connection, as HTTP/2 lets it. */
class WebhookStreamsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aRequestWaitsUntilAStreamIsFree() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> serve(listening, 1));
      try (BatchCallback callback = callback(listening.getLocalPort(), "10s")) {
        Future<Reported> first = threads.submit(() -> Reported.on(callback, Deliveries.many(1)));
        begun.await();
        Future<Reported> second = threads.submit(() -> Reported.on(callback, Deliveries.many(1)));
        assertThat(second).failsWithin(300, TimeUnit.MILLISECONDS);
        answered.countDown();
        assertThat(first.get().failed()).isEmpty();
        assertThat(second.get().failed()).isEmpty();
      }
    }
  }

  @Test
  void aRequestForWhichNoStreamWasFreeWasSurelyNotSent() throws Exception {
    answered.countDown();
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> serve(listening, 0));
      try (BatchCallback callback = callback(listening.getLocalPort(), "3s")) {
        Reported reported = Reported.on(callback, Deliveries.many(2));
        assertThat(reported.delivered()).containsExactly(0);
        assertThat(reported.failed().get(1)).hasMessageContaining("stream");
        assertThat(reported.failed().get(1).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(reported.failed().get(1).outcomeUnknown()).isFalse();
      }
    }
  }

  /**
   * Goes over to HTTP/2 with the first request, whose stream is 1; answers when it is told to.
   *
   * @param streams that it allows beside that one, or at a time
   */
  private void serve(ServerSocket listening, int streams) {
    try (Socket client = listening.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      StringBuilder request = new StringBuilder();
      while (!request.toString().endsWith("\r\n\r\n")) {
        request.append((char) in.readUnsignedByte());
      }
      in.readNBytes(1); // its body
      out.write(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[] {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, (byte) streams});
      out.flush();
      in.readNBytes(24); // PRI * HTTP/2.0
      talk(in, out);
    } catch (IOException | InterruptedException e) {
      // hung up on, or the test is over
    }
  }

  private void talk(DataInputStream in, OutputStream out) throws IOException, InterruptedException {
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      in.readNBytes(length);
      if (type == 4 && (flags & 1) == 1) { // it has read our settings
        begun.countDown();
        answered.await();
        ok(out, 1);
      } else if (type == 4) {
        out.write(new byte[] {0, 0, 0, 4, 1, 0, 0, 0, 0});
        out.flush();
      } else if (type == 1) {
        ok(out, stream);
      }
    }
  }

  private static void ok(OutputStream out, int stream) throws IOException {
    out.write(new byte[] {0, 0, 1, 1, 5, 0, 0, 0, (byte) stream, (byte) 0x88}); // :status 200
    out.flush();
  }

  private static BatchCallback callback(int port, String timeout) throws Exception {
    Map<String, String> settings =
        Map.of(
            "url",
            "http://127.0.0.1:" + port + "/",
            "timeout",
            timeout,
            "http_version",
            "2",
            "text",
            "x");
    return new WebhookFactory()
        .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings));
  }
}
