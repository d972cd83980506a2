package io.actionscheduler.callback.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {
  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static TestRedis redis;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.in(folder);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    redis =
        TestRedis.start(
            "tls-port " + port,
            "tls-cert-file " + certificate.certificate(),
            "tls-key-file " + certificate.key(),
            "tls-auth-clients no");
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
  }

  @Test
  void deliversOverTlsToAServerWhoseCertificateItIsGiven() throws Exception {
    BatchCallback callback =
        callback(
            Map.of(
                "url",
                "rediss://127.0.0.1:" + port,
                "tls_ca",
                certificate.certificate().toString(),
                "list",
                "q"));
    assertThat(Reported.on(callback, Deliveries.many(3)).delivered()).hasSize(3);
    callback.close();
    assertThat(redis.list("q")).hasSize(3);
  }

  @Test
  void aServerThatNobodyVouchesForIsAway() throws Exception {
    BatchCallback callback =
        callback(Map.of("url", "rediss://127.0.0.1:" + port, "list", "untold"));
    CallbackException why = Reported.on(callback, Deliveries.many(1)).failed().get(0);
    callback.close();
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isFalse();
    assertThat(why).hasMessageContaining("certification path");
    assertThat(redis.list("untold")).isEmpty();
  }

  private static BatchCallback callback(Map<String, String> settings) throws Exception {
    return new RedisFactory()
        .create(new CallbackSettings("queue", "redis", "callbacks.queue", settings));
  }
}
