package io.actionscheduler.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A Redis on 127.0.0.1 that says what a test wants it to say, where a real one would have to be in
 * trouble, old or odd.
 */
public final class ScriptedRedis implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final UnaryOperator<String> script;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore hangUps = new Semaphore(0);

  /**
   * @param script the reply to a command ({@code RPUSH queue …}), as on the wire but for its end;
   *     empty for the usual one, {@code silence} for none
   */
  public ScriptedRedis(UnaryOperator<String> script) throws IOException {
    this.script = script;
    daemon(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The first two words of each command, behind the number of its connection: {@code 1 PING}. */
  public List<String> heard() {
    return heard;
  }

  public int connections() {
    return connections.get();
  }

  /** Whether clients hang up {@code times} times within ten seconds; those told are forgotten. */
  public boolean awaitHangUps(int times) throws InterruptedException {
    return hangUps.tryAcquire(times, 10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        int number = connections.incrementAndGet();
        daemon(() -> talk(client, number));
      } catch (IOException e) {
        // closed: the loop's condition tells
      }
    }
  }

  private void talk(Socket client, int number) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (List<String> words = words(in); !words.isEmpty(); words = words(in)) {
        heard.add(number + " " + String.join(" ", words.subList(0, Math.min(2, words.size()))));
        String reply = script.apply(String.join(" ", words));
        reply = reply.isEmpty() ? usual(words.get(0)) : reply;
        if (!reply.equals("silence")) {
          client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // the client hung up, without a word
    } finally {
      hangUps.release();
    }
  }

  private static String usual(String command) {
    return switch (command) {
      case "RPUSH" -> ":1";
      case "PING" -> "+PONG";
      case "HELLO" -> "*2\r\n$5\r\nproto\r\n:2";
      default -> "+OK";
    };
  }

  /** A command; empty at the end. */
  private static List<String> words(InputStream in) throws IOException {
    String count = line(in);
    List<String> words = new ArrayList<>();
    for (int i = 0; !count.isEmpty() && i < Integer.parseInt(count.substring(1)); i++) {
      int length = Integer.parseInt(line(in).substring(1));
      words.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      line(in);
    }
    return words;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-redis");
    thread.setDaemon(true);
    thread.start();
  }
}
