package io.actionscheduler.callback.email;

import static java.util.Objects.requireNonNull;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One connection to the mail server. It makes its socket itself, so that it can be cut at any
 * moment; the socket is that of a channel, which an interrupt closes.
 */
final class Post implements AutoCloseable {
  /**
   * The limit for the answer to a whole mail: servers scan for viruses before it, and a client that
   * closes the connection earlier sends the mail twice. RFC 5321, 4.5.3.2.6.
   */
  private static final Duration LAST_ANSWER = Duration.ofMinutes(10);

  private final MailServer server;
  private final Session session;
  private final Socket socket;
  private final SMTPTransport transport;
  private CompletableFuture<Void> inTime = CompletableFuture.completedFuture(null);

  Post(MailServer server) throws IOException {
    this.server = requireNonNull(server, "server is null");
    this.session = Session.getInstance(properties(server));
    String user = server.login().map(MailServer.Login::user).orElse(null);
    String password = server.login().map(MailServer.Login::password).orElse(null);
    this.transport =
        new PatientTransport(
            session, new URLName("smtp", server.host(), server.port(), null, user, password));
    this.socket = SocketChannel.open().socket();
  }

  Session session() {
    return session;
  }

  /** Connects and logs in. */
  void open() throws IOException, MessagingException {
    watch(step());
    try {
      int timeout = Math.toIntExact(server.timeout().toMillis());
      InetAddress found = InetAddress.getByName(server.host());
      // With the name of the settings: the certificate is compared with it, not with a reverse
      // lookup.
      InetAddress named = InetAddress.getByAddress(server.host(), found.getAddress());
      socket.connect(new InetSocketAddress(named, server.port()), timeout);
      socket.setSoTimeout(timeout);
      transport.setLocalHost(
          server.clientName().orElseGet(() -> ClientName.of(socket.getLocalAddress())));
      transport.connect(server.security() == MailServer.Security.TLS ? overTls() : socket);
    } finally {
      inTime.complete(null);
    }
  }

  /** Sends a mail to all of its recipients, or to none of them. */
  void send(MimeMessage mail) throws MessagingException {
    watch(step());
    try {
      transport.sendMessage(mail, mail.getAllRecipients());
    } finally {
      inTime.complete(null);
    }
  }

  /** Whether the server accepts another mail on this connection. */
  boolean isOpen() {
    return !socket.isClosed() && transport.isConnected();
  }

  /** Cuts the connection, from any thread. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      transport.close(); // sends QUIT without waiting for an answer
    } catch (MessagingException e) {
      // It was cut by either side; all mails that were sent have been answered.
      cut();
    } finally {
      cut();
    }
  }

  /** The limit for a login, and for sending a mail without its answer. */
  private Duration step() {
    return server.timeout().multipliedBy(5);
  }

  /**
   * Cuts the connection if the step that begins takes too long: a blocked write has no timeout of
   * its own.
   */
  private void watch(Duration limit) {
    inTime.complete(null);
    inTime = new CompletableFuture<>();
    inTime
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (done, late) -> {
              if (late != null) {
                cut();
              }
            });
  }

  private Socket overTls() throws IOException {
    SSLSocket secured =
        (SSLSocket)
            server
                .tls()
                .getSocketFactory()
                .createSocket(socket, server.host(), server.port(), true);
    SSLParameters checked = secured.getSSLParameters();
    checked.setEndpointIdentificationAlgorithm("HTTPS"); // this checks the name in the certificate
    secured.setSSLParameters(checked);
    secured.startHandshake();
    return secured;
  }

  private static Properties properties(MailServer server) {
    Properties properties = new Properties();
    boolean upgrade = server.security() == MailServer.Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(upgrade));
    properties.put("mail.smtp.starttls.required", Boolean.toString(upgrade));
    properties.put("mail.smtp.ssl.socketFactory", server.tls().getSocketFactory());
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    properties.put("mail.smtp.sendpartial", "false");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  /** Waits longer for the answer to a whole mail than for the others. */
  private final class PatientTransport extends SMTPTransport {
    PatientTransport(Session session, URLName server) {
      super(session, server);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
      Duration usual = server.timeout();
      Duration limit = usual.compareTo(LAST_ANSWER) > 0 ? usual : LAST_ANSWER;
      watch(limit.plus(usual)); // the last part may still have to be written
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      try {
        super.finishData();
      } finally {
        watch(step());
        if (!socket.isClosed()) {
          socket.setSoTimeout(Math.toIntExact(usual.toMillis()));
        }
      }
    }
  }
}
