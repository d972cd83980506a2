package io.actionscheduler.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Bytes on a socket, for what no HTTP client would send. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  RawHttp(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(60_000);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** The status of the answer to a request without a body. */
  static int status(URI address, String requestLine) throws IOException {
    try (RawHttp http = new RawHttp(address)) {
      http.send(
          requestLine + "\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n\r\n");
      return http.status();
    }
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The next line; null at the end. */
  String line() throws IOException {
    return in.readLine();
  }

  /** The status that the next line says. */
  int status() throws IOException {
    String line = line();
    if (line == null) {
      throw new IOException("no answer");
    }
    return Integer.parseInt(line.split(" ")[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
