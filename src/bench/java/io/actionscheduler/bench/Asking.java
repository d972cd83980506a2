package io.actionscheduler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection that stays open, for one request after the other. Reads as much at once as there is,
 * so that the load takes little from what it is put on: both share the processor.
 */
final class Asking implements AutoCloseable {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 20];
  private int filled; // of the buffer

  Asking(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /**
   * Sends a request, reads its answer to the end, and gives the status.
   *
   * @throws IOException when the connection ends, or the answer is larger than 1 MiB or names no
   *     length
   */
  int ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    int head = -1;
    for (int looked = 0; head < 0; looked = Math.max(0, filled - 3)) {
      read();
      head = endOfHead(looked);
    }
    int whole = head + length(head);
    while (filled < whole) {
      read();
    }
    if (filled > whole) {
      throw new IOException("more came than the answer");
    }
    return digits(9, 12); // HTTP/1.1 200 OK
  }

  private void read() throws IOException {
    int more = in.read(buffer, filled, buffer.length - filled);
    if (more <= 0) {
      throw new IOException(more < 0 ? "the connection ended" : "the answer is too large");
    }
    filled += more;
  }

  /** The place behind the empty line that ends the head; -1 where it has not come. */
  private int endOfHead(int from) {
    for (int i = from; i + 3 < filled; i++) {
      if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r') {
        return i + 4;
      }
    }
    return -1;
  }

  private int length(int head) throws IOException {
    for (int line = 0; line < head; line++) {
      if (buffer[line] == '\n' && isLength(line + 1)) {
        int from = line + 1 + LENGTH.length;
        int end = from;
        while (buffer[end] != '\r') {
          end++;
        }
        return Integer.parseInt(
            new String(buffer, from, end - from, StandardCharsets.US_ASCII).strip());
      }
    }
    throw new IOException("the answer has no Content-Length");
  }

  private boolean isLength(int from) {
    for (int i = 0; i < LENGTH.length; i++) {
      if (Character.toLowerCase((char) buffer[from + i]) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private int digits(int from, int to) {
    return Integer.parseInt(new String(buffer, from, to - from, StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
