package io.actionscheduler.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 as they arrive, each of bounded length. */
final class LineReader {
  /** Bytes of the longest line that is taken. */
  static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final Runnable beforeWaiting;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;

  /**
   * @param beforeWaiting called when the next line has not arrived yet
   */
  LineReader(InputStream in, Runnable beforeWaiting) {
    this.in = in;
    this.beforeWaiting = beforeWaiting;
  }

  /**
   * The next line without its end (LF or CRLF), or empty at the end of the stream. A line longer
   * than {@code LONGEST} is cut to one byte more than that.
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream begun = null; // used when a line is not completely in the buffer
    while (true) {
      for (int i = from; i < to; i++) {
        if (buffer[i] == '\n') {
          String line = text(begun, i);
          from = i + 1;
          return Optional.of(line);
        }
      }
      begun = begun == null ? new ByteArrayOutputStream() : begun;
      keep(begun, to);
      if (!fill()) {
        return begun.size() == 0 ? Optional.empty() : Optional.of(text(begun, from));
      }
    }
  }

  private boolean fill() throws IOException {
    if (in.available() == 0) {
      beforeWaiting.run();
    }
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private String text(ByteArrayOutputStream begun, int end) {
    if (begun == null) {
      int length = end > from && buffer[end - 1] == '\r' ? end - from - 1 : end - from;
      return new String(buffer, from, length, StandardCharsets.UTF_8);
    }
    keep(begun, end);
    String line = begun.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private void keep(ByteArrayOutputStream begun, int end) {
    int room = LONGEST + 1 - begun.size();
    begun.write(buffer, from, Math.min(room, end - from));
  }
}
