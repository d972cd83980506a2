package io.actionscheduler.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A real SMTP server on 127.0.0.1 for tests, which keeps what it takes. */
public final class TestMail implements AutoCloseable {
  private final GreenMail server;

  private TestMail(GreenMail server) {
    this.server = server;
  }

  public static TestMail start() {
    return new TestMail(started("smtp"));
  }

  /** One that speaks TLS from the first byte, with a certificate that nobody vouches for. */
  public static TestMail startTls() {
    return new TestMail(started("smtps"));
  }

  private static GreenMail started(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol).dynamicPort());
    server.start();
    return server;
  }

  public int port() {
    return server.getSmtp() != null ? server.getSmtp().getPort() : server.getSmtps().getPort();
  }

  /** From now on only who knows this password may send. */
  public void demandLogin(String user, String password) {
    server.setUser(user, password);
    server.getUserManager().setAuthRequired(true);
  }

  /** What it took, one for each recipient. */
  public List<MimeMessage> taken() {
    return List.of(server.getReceivedMessages());
  }

  @Override
  public void close() {
    server.stop();
  }
}
