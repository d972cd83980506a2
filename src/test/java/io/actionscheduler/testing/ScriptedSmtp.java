package io.actionscheduler.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server on 127.0.0.1 that says what a test wants it to say, where real servers would have
 * to be in trouble first.
 */
public final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final UnaryOperator<String> script;
  private final Optional<SSLContext> tls;
  private final boolean tlsAtOnce;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param script the reply to a command ({@code RCPT TO:<a@b>}; {@code .} for the end of a mail);
   *     empty for the usual one, {@code hang up} to close without one; one that ends with {@code
   *     hang up} is said before
   */
  public ScriptedSmtp(UnaryOperator<String> script) throws IOException {
    this(script, Optional.empty(), false);
  }

  /** One that speaks TLS: from the first byte, or when it is asked to. */
  public static ScriptedSmtp secured(SSLContext tls, boolean atOnce) throws IOException {
    return secured(tls, atOnce, line -> "");
  }

  public static ScriptedSmtp secured(SSLContext tls, boolean atOnce, UnaryOperator<String> script)
      throws IOException {
    return new ScriptedSmtp(script, Optional.of(tls), atOnce);
  }

  private ScriptedSmtp(UnaryOperator<String> script, Optional<SSLContext> tls, boolean atOnce)
      throws IOException {
    this.script = script;
    this.tls = tls;
    this.tlsAtOnce = atOnce;
    Thread thread = new Thread(this::accept, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The mails that it took, as they came. */
  public List<String> mails() {
    return mails;
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        connections.incrementAndGet();
        Thread thread = new Thread(() -> talk(client), "scripted-smtp-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // closed: the loop's condition tells
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      Socket spoken = tlsAtOnce ? secured(client) : client;
      say(spoken, "220 scripted");
      while (talkOn(spoken)) {
        say(spoken, "220 go over");
        spoken = secured(client);
      }
    } catch (IOException e) {
      // the client hung up
    }
  }

  /** Talks until the end; whether that is a STARTTLS. */
  private boolean talkOn(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    StringBuilder mail = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (mail != null && !line.equals(".")) {
        mail.append(line).append("\n");
        continue;
      }
      if (line.equals("STARTTLS")) {
        return true;
      }
      String reply = script.apply(line);
      if (reply.equals("hang up")) {
        return false;
      }
      reply = reply.isEmpty() ? usual(line, client) : reply;
      if (line.equals(".") && reply.startsWith("2")) {
        mails.add(mail.toString()); // before the client knows that it was taken
      }
      say(client, reply);
      mail = line.equals("DATA") && reply.startsWith("3") ? new StringBuilder() : null;
      if (reply.startsWith("421") || reply.endsWith("hang up") || line.equals("QUIT")) {
        return false;
      }
    }
    return false;
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.orElseThrow()
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private String usual(String line, Socket client) {
    boolean offersTls = tls.isPresent() && !(client instanceof SSLSocket);
    return switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
      case "EHLO" -> offersTls ? "250-scripted\r\n250 STARTTLS" : "250 scripted";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static void say(Socket to, String line) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
