package io.actionscheduler.callback.email;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The SMTP server that takes the mail, and how it is reached.
 *
 * @param login empty for none
 * @param clientName given to the server; empty: the name of the machine, or its address
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
    /** Without protection. */
    NONE(25),
    /** Begins without encryption and must change to TLS before anything else is sent. */
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

  /** User and password. */
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
