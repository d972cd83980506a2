package io.actionscheduler.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on 127.0.0.1 that answers every request with the same text, however wrong it is,
 * and then closes the connection.
 */
public final class RawHttp implements AutoCloseable {
  private static final String LENGTH = "content-length:";

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final byte[] answer;
  private final AtomicInteger requests = new AtomicInteger();

  public RawHttp(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    Thread thread = new Thread(this::accept, "raw-http");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** How many requests it has read. */
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        read(new DataInputStream(socket.getInputStream()));
        requests.incrementAndGet();
        OutputStream out = socket.getOutputStream();
        out.write(answer);
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) { // closed, or the client is gone
        continue;
      }
    }
  }

  private static void read(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    int length =
        head.toString()
            .lines()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith(LENGTH))
            .mapToInt(line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
            .findFirst()
            .orElse(0);
    in.readFully(new byte[length]);
  }
}
