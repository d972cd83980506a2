package io.actionscheduler.callback.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookHttp2Test {
  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static WireMockServer server;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.in(folder);
    server =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(certificate.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(certificate.password())
                .keyManagerPassword(certificate.password()));
    server.start();
  }

  @BeforeEach
  void answer() {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(ok("done")));
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "https, , HTTP/1.1",
    "https, auto, HTTP/2.0",
    "https, 2, HTTP/2.0",
    "https, 1.1, HTTP/1.1",
    "http, auto, HTTP/1.1",
    "http, 2, HTTP/1.1", // asked for, and not offered there
    "http, 1.1, HTTP/1.1"
  })
  void theProtocolIsTheOneAskedFor(String scheme, String version, String spoken) throws Exception {
    int port = scheme.equals("https") ? server.httpsPort() : server.port();
    BatchCallback callback =
        callback(
            scheme + "://localhost:" + port + "/",
            version == null ? Map.of() : Map.of("http_version", version));
    Reported reported = Reported.on(callback, Deliveries.many(3));
    callback.close();
    assertThat(reported.delivered()).hasSize(3);
    assertThat(reported.output(0)).isEqualTo("done");
    List<LoggedRequest> requests = server.findAll(anyRequestedFor(anyUrl()));
    assertThat(requests).hasSize(3).last().extracting(LoggedRequest::getProtocol).isEqualTo(spoken);
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.getBodyAsString()).startsWith("{\"fire_id\""));
  }

  private static BatchCallback callback(String url, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("url", url);
    settings.put("tls_ca", certificate.certificate().toString());
    return new WebhookFactory()
        .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings));
  }
}
