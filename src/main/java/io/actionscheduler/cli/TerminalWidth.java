package io.actionscheduler.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Finds out how wide the terminal is that an output is connected to. */
final class TerminalWidth {
  private static final int LEAST = 20;
  private static final int MOST = 10_000;

  private TerminalWidth() {}

  /** That of standard output; empty when it is a pipe or a file, or the width is unknown. */
  static OptionalInt find() {
    // Java 17 cannot ask a stream whether it is a terminal; a shell that inherits the stream can.
    var size = new ProcessBuilder("sh", "-c", "test -t 1 && stty size <&1 >&2");
    return find(size.redirectOutput(ProcessBuilder.Redirect.INHERIT), Process::getErrorStream);
  }

  /** That of standard error, in the same way. */
  static OptionalInt ofErrors() {
    var size = new ProcessBuilder("sh", "-c", "test -t 2 && stty size <&2");
    return find(size.redirectError(ProcessBuilder.Redirect.INHERIT), Process::getInputStream);
  }

  private static OptionalInt find(ProcessBuilder size, Function<Process, InputStream> answers) {
    try {
      Process process = size.start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return OptionalInt.empty();
      }
      byte[] answer = answers.apply(process).readNBytes(64);
      return process.exitValue() == 0
          ? columns(new String(answer, StandardCharsets.US_ASCII))
          : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty(); // without a shell, the width is unknown
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** From {@code rows columns}. */
  static OptionalInt columns(String size) {
    String[] parts = size.strip().split(" ");
    if (parts.length != 2 || !parts[1].matches("\\d{1,5}")) {
      return OptionalInt.empty();
    }
    int columns = Integer.parseInt(parts[1]);
    return columns < LEAST || columns > MOST ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
