package io.actionscheduler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Load on the HTTP API, in a process of its own; says what it measured when its time is over. */
final class LoadProcess {
  private static final Map<String, Integer> CONNECTIONS = Map.of("get", 8, "create", 32, "page", 4);

  private final int port;
  private final long end;
  private final List<Double> millis = new ArrayList<>();
  private final AtomicInteger faults = new AtomicInteger();

  private LoadProcess(int port, int seconds) {
    this.port = port;
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /**
   * @param args port, seconds, kind of load, and how many (requests a second, or connections)
   */
  public static void main(String[] args) throws Exception {
    LoadProcess load = new LoadProcess(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    System.out.println("begins");
    int many = Integer.parseInt(args[3]);
    if (args[2].equals("slow")) {
      load.slow(many, 200);
    } else {
      load.requests(args[2], many);
    }
  }

  private void requests(String kind, int aSecond) throws Exception {
    List<Thread> threads = new ArrayList<>();
    long startedAt = System.nanoTime();
    int connections = CONNECTIONS.get(kind);
    for (int i = 0; i < connections; i++) {
      int number = i;
      Thread thread = new Thread(() -> requests(kind, number, 1e9 * connections / aSecond));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    Figures figures = Figures.of(millis);
    System.out.println("answers a second=" + Math.rint(millis.size() / seconds));
    System.out.println("answer p50 ms=" + figures.percentile(50));
    System.out.println("answer p99 ms=" + figures.percentile(99));
    System.out.println("faults=" + faults.get());
    System.out.println("answers=" + millis.size());
    System.out.println("processor time=" + processorMillis(ProcessHandle.current()));
  }

  /** The processor time that {@code process} has taken so far, in milliseconds. */
  static double processorMillis(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  /**
   * One after the other over one connection, each at its time or as soon as the one before ended.
   */
  private void requests(String kind, int thread, double pace) {
    List<Double> own = new ArrayList<>();
    try (Asking asking = new Asking(connect())) {
      long begun = System.nanoTime() + (long) (pace * thread / CONNECTIONS.get(kind));
      for (int i = 0; System.nanoTime() < end; i++) {
        long wait = begun + (long) (i * pace) - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        long sentAt = System.nanoTime();
        int status = asking.ask(request(kind, thread * 10_000_000L + i));
        own.add((System.nanoTime() - sentAt) / 1e6);
        if (status != (kind.equals("create") ? 201 : 200)) {
          faults.incrementAndGet();
        }
      }
    } catch (IOException | InterruptedException e) {
      faults.incrementAndGet();
      System.err.println(kind + ": " + e);
    }
    synchronized (millis) {
      millis.addAll(own);
    }
  }

  private static byte[] request(String kind, long number) {
    String body =
        "{\"name\": \"load " + number + "\", \"schedule_expr\": \"0 0 1 1 *\", \"command\": \"x\"}";
    String text =
        switch (kind) {
          case "get" -> "GET /api/v1/jobs/" + (1 + number % 100_000) + " HTTP/1.1\r\n";
          case "page" -> "GET /api/v1/jobs?page=1&size=50 HTTP/1.1\r\n";
          case "create" -> "POST /api/v1/jobs HTTP/1.1\r\n";
          default -> throw new IllegalArgumentException(kind);
        };
    text += "Host: 127.0.0.1\r\n";
    text +=
        kind.equals("create")
            ? "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body
            : "\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Connections that send a byte of a request each second, and streams that are read. */
  private void slow(int connections, int streams) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    BitSet ended = new BitSet(); // by the server, which may end what takes too long
    for (int i = 0; i < connections + streams; i++) {
      Socket socket = connect();
      String begin =
          i < connections ? "G" : "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.UTF_8));
      sockets.add(socket);
    }
    String rest = "ET /api/v1/jobs/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    byte[] scratch = new byte[65_536];
    long bytes = 0;
    for (int round = 0; System.nanoTime() < end; round++) {
      for (int i = 0; i < sockets.size(); i++) {
        try {
          if (i >= connections) {
            InputStream in = sockets.get(i).getInputStream();
            while (in.available() > 0) {
              bytes += in.read(scratch);
            }
          } else if (round % 10 == 0 && !ended.get(i)) { // streams are read ten times a second
            sockets.get(i).getOutputStream().write(rest.charAt(round / 10 % rest.length()));
          }
        } catch (IOException e) {
          ended.set(i);
        }
      }
      Thread.sleep(100);
    }
    System.out.println("MiB read from event streams=" + bytes / 1_048_576.0);
    System.out.println("connections that the server ended=" + ended.cardinality());
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    return socket;
  }
}
