package io.actionscheduler.callback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A web server, and webhooks that are closed behind each test. */
abstract class WebhookWorld {
  static final Delivery REPORT =
      Deliveries.of("Отчёт \"A\"", "make", Map.of("room", "a/b c", "id", 5L));

  TestHttp http;
  final List<BatchCallback> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    http = TestHttp.start();
  }

  @AfterEach
  void stop() {
    open.forEach(BatchCallback::close);
    http.close();
  }

  Reported deliver(Map<String, String> settings) throws Exception {
    return Reported.on(callback(settings), List.of(REPORT));
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.port() + path;
  }

  static String output(Reported reported) {
    assertThat(reported.delivered()).hasSize(1);
    return reported.output(0);
  }

  BatchCallback callback(Map<String, String> settings) throws InvalidSetting {
    BatchCallback callback =
        new WebhookFactory()
            .create(new CallbackSettings("hook", "webhook", "callbacks.hook", settings));
    open.add(callback);
    return callback;
  }
}
