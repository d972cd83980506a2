package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class WebhookContractTest implements CallbackContract {

  @Override
  public Target target() throws Exception {
    return new Server();
  }

  /** An HTTP server behind a network that breaks. */
  private static final class Server implements Target {
    private final TestHttp http = TestHttp.start();
    private final TcpProxy proxy = TcpProxy.open();
    private final BatchCallback callback;

    Server() throws Exception {
      proxy.to(http.port());
      http.answer(
          request -> TestHttp.Answer.of(request.body().contains("\"refused\"") ? 422 : 200));
      callback =
          new WebhookFactory()
              .create(
                  new CallbackSettings(
                      "hook",
                      "webhook",
                      "callbacks.hook",
                      Map.of("url", "http://127.0.0.1:" + proxy.port() + "/hook")));
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() throws Exception {
      List<String> received = new ArrayList<>();
      for (TestHttp.Request request : http.taken()) {
        received.add((String) ((Map<?, ?>) Json.parse(request.body())).get("command"));
      }
      return received;
    }

    @Override
    public void goAway() {
      proxy.cut();
    }

    @Override
    public void comeBack() {
      proxy.mend();
    }

    @Override
    public void hold() {
      proxy.hold();
    }

    @Override
    public void awaitHeld() throws Exception {
      proxy.awaitHeld();
    }

    @Override
    public void release() {
      proxy.release();
    }

    @Override
    public Optional<String> unacceptable() {
      return Optional.of("refused");
    }

    @Override
    public void close() throws Exception {
      Target.super.close();
      proxy.close();
      http.close();
    }
  }
}
