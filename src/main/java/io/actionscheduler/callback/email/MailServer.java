package io.actionscheduler.callback.email;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The SMTP server that takes the mail, and how it is reached.
 *
 * @param login empty for none
 * @param clientName by which it is greeted; empty: the machine's, or its address
 * @param timeout for connecting, and for each of its answers
 */
record MailServer(
    String host,
    int port,
    Security security,
    SSLContext tls,
    Optional<Login> login,
    Optional<String> clientName,
    Duration timeout) {

  /** How the connection is protected. */
  enum Security {
    /** Not at all. */
    NONE(25),
    /** It begins in the clear and must go over to TLS before anything is told. */
    STARTTLS(587),
    /** TLS from the first byte. */
    TLS(465);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    int port() {
      return port;
    }
  }

  /** Who we are to it. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /** For messages. */
  String name() {
    return "smtp " + host + ":" + port;
  }
}
