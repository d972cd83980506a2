package io.actionscheduler.callback.email;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestMail;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EmailContractTest implements CallbackContract {

  @Override
  public Target target() throws Exception {
    return new Server();
  }

  /** An SMTP server behind a network that breaks; commands are the names of recipients. */
  private static final class Server implements Target {
    private final TestMail mail = TestMail.start();
    private final TcpProxy proxy = TcpProxy.open();
    private final BatchCallback callback;

    Server() throws Exception {
      proxy.to(mail.port());
      callback =
          new EmailFactory("email")
              .create(
                  new CallbackSettings(
                      "mail",
                      "email",
                      "callbacks.mail",
                      Map.of(
                          "host", "127.0.0.1",
                          "port", Integer.toString(proxy.port()),
                          "security", "none",
                          "from", "scheduler@example.com",
                          "recipient", "{command}@example.com")));
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() throws Exception {
      List<String> received = new ArrayList<>();
      for (MimeMessage message : mail.taken()) {
        received.add(message.getAllRecipients()[0].toString().replace("@example.com", ""));
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
      return Optional.of("not an address");
    }

    @Override
    public List<Delivery> fires(int most) {
      return Deliveries.many(Math.min(most, 300));
    }

    @Override
    public void close() throws Exception {
      Target.super.close();
      proxy.close();
      mail.close();
    }
  }
}
