package io.actionscheduler.torture;

import io.actionscheduler.torture.Receipt.Merged;
import io.actionscheduler.torture.Receipt.Passport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes what the program delivers, by its own clock, and appends it to a file before it answers.
 * Can be away, say no, and hang up without an answer.
 */
final class Receiver implements AutoCloseable {

  /** How it answers. */
  enum Answer {
    OK,
    NO,
    NONE
  }

  /** Decides on the answer to what was taken; called one at a time. */
  interface Temper {
    Answer to(Receipt taken);
  }

  private final Path file;
  private final InstantSource clock;
  private final Temper temper;
  private final int port;
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<Receipt> unanswered = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listening;
  private volatile boolean deaf;

  private Receiver(Path file, InstantSource clock, Temper temper) throws IOException {
    this.file = file;
    this.clock = clock;
    this.temper = temper;
    this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.port = listening.getLocalPort();
  }

  static Receiver start(Path file, InstantSource clock, Temper temper) throws IOException {
    Receiver receiver = new Receiver(file, clock, temper);
    receiver.listen(receiver.listening);
    return receiver;
  }

  int port() {
    return port;
  }

  synchronized List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  /** What it took and did not answer. */
  synchronized List<Receipt> unanswered() {
    return List.copyOf(unanswered);
  }

  synchronized int count() {
    return receipts.size();
  }

  /** Whether it drops what it is sent, without an answer: the sender waits. */
  void deaf(boolean deaf) {
    this.deaf = deaf;
  }

  /** Refuses connections and cuts those there are. */
  void goAway() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Listens again on the same port. */
  void comeBack() throws IOException {
    listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
    listen(listening);
  }

  @Override
  public void close() throws IOException {
    goAway();
  }

  private void listen(ServerSocket at) {
    daemon(
        () -> {
          while (!at.isClosed()) {
            try {
              Socket socket = at.accept();
              open.add(socket);
              daemon(() -> serve(socket));
            } catch (IOException e) {
              // it went away: the loop's condition tells
            }
          }
        });
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (deaf) {
          continue;
        }
        Answer answer = take(clock.instant(), line);
        if (answer == Answer.NONE) {
          return;
        }
        String text = answer == Answer.OK ? "ok\n" : "no\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // the program was killed, or this receiver went away: the sender sees to the rest
    } finally {
      open.remove(socket);
    }
  }

  private synchronized Answer take(Instant now, String line) {
    Receipt taken = receipt(now, line, true);
    Answer answer = temper.to(taken);
    if (answer == Answer.NO) {
      receipts.add(receipt(now, line, false));
      return answer;
    }
    try {
      Files.writeString(
          file, now + " " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    receipts.add(taken);
    if (answer == Answer.NONE) {
      unanswered.add(taken);
    }
    return answer;
  }

  private static Receipt receipt(Instant now, String line, boolean accepted) {
    String[] words = line.split(" ");
    String[] id = words[1].split("@");
    long count = Long.parseLong(words[3]);
    Merged merged =
        words[4].equals("-")
            ? Merged.NONE
            : Merged.of(count, Instant.parse(words[4]), Instant.parse(words[5]));
    return new Receipt(
        now,
        Long.parseLong(words[0]),
        Integer.parseInt(id[0]),
        Instant.parse(id[1]),
        new Passport(Integer.parseInt(words[2]), merged, words[6]),
        accepted);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "receiver of fires");
    thread.setDaemon(true);
    thread.start();
  }
}
