package io.actionscheduler.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The output of a command: UTF-8 in every locale, lines ended by LF. */
final class Output {
  private static final int BUFFER = 1 << 16;

  private final Writer writer;
  private final boolean atOnce;
  private final Supplier<OptionalInt> columns;

  /** The output cannot be written: a closed pipe, a full disk. */
  static final class Closed extends RuntimeException {
    Closed(IOException cause) {
      super("cannot write: " + cause.getMessage(), cause);
    }
  }

  private Output(OutputStream stream, boolean atOnce, Supplier<OptionalInt> columns) {
    this.atOnce = atOnce;
    this.columns = columns;
    this.writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER);
  }

  /** A buffered output. */
  static Output buffered(OutputStream stream) {
    return new Output(stream, false, OptionalInt::empty);
  }

  /** An unbuffered output. */
  static Output atOnce(OutputStream stream) {
    return atOnce(stream, OptionalInt::empty);
  }

  /**
   * The same.
   *
   * @param columns of the terminal that it is; empty where it is none
   */
  static Output atOnce(OutputStream stream, Supplier<OptionalInt> columns) {
    return new Output(stream, true, columns);
  }

  /** The columns of the terminal that it is, asked each time; empty where it is none. */
  OptionalInt columns() {
    return columns.get();
  }

  void line(String text) {
    text(text + "\n");
  }

  /** The same without the end of a line. */
  void text(String text) {
    try {
      writer.write(text);
      if (atOnce) {
        writer.flush();
      }
    } catch (IOException e) {
      throw new Closed(e);
    }
  }

  void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new Closed(e);
    }
  }

  /** For libraries that print by themselves. */
  PrintWriter printer() {
    return new PrintWriter(writer, true);
  }
}
