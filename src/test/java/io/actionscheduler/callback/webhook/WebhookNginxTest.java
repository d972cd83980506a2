package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestNginx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web server that most webhooks meet, as Debian ships it. */
class WebhookNginxTest {
  @TempDir private Path folder;

  /**
   * Over HTTP/2 the JDK's client takes such an end for a failure, on 17.0.15 of every 20th fire.
   */
  @Test
  void noFireIsDoubledWhenNginxEndsAConnectionAfterItsRequests() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    List<String> sent = new ArrayList<>();
    try (TestNginx nginx = TestNginx.start(folder, certificate, 20);
        BatchCallback callback = callback(nginx.port(), certificate)) {
      for (Delivery each : Deliveries.many(200)) {
        sent.add(each.fire().id().toString());
        assertThat(Reported.on(callback, List.of(each)).failed()).isEmpty();
      }
      assertThat(nginx.answered()).isEqualTo(sent);
    }
  }

  private static BatchCallback callback(int port, TestCertificate certificate) throws Exception {
    Map<String, String> settings =
        Map.of(
            "url",
            "https://localhost:" + port + "/",
            "tls_ca",
            certificate.certificate().toString());
    return new WebhookFactory()
        .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings));
  }
}
