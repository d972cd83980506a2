package io.actionscheduler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Load on the HTTP API, in a process of its own; says what it measured when its time is over. */
final class LoadProcess {
  private static final int THREADS = 8;

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
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread = new Thread(() -> requests(kind, number, 1e9 * THREADS / aSecond));
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
  }

  /**
   * One after the other over one connection, each at its time or as soon as the one before ended.
   */
  private void requests(String kind, int thread, double pace) {
    List<Double> own = new ArrayList<>();
    try (Socket socket = connect()) {
      long begun = System.nanoTime() + (long) (pace * thread / THREADS);
      for (int i = 0; System.nanoTime() < end; i++) {
        long wait = begun + (long) (i * pace) - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        long sentAt = System.nanoTime();
        socket.getOutputStream().write(request(kind, thread * 10_000_000L + i));
        int status = answer(socket.getInputStream());
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

  /** Reads one answer to its end, and gives its status. */
  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding: chunked");
    }
    if (!chunked) {
      in.readNBytes(length);
      return status;
    }
    for (int size = -1; size != 0; ) {
      size = Integer.parseInt(line(in).strip(), 16);
      in.readNBytes(size + 2);
    }
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
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
