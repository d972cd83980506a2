package io.actionscheduler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads lines that end with {@code c} and the number of an action, as fast as they come. */
abstract class NumberedLines implements Consumer<InputStream> {
  @Override
  public void accept(InputStream in) {
    byte[] block = new byte[1 << 16];
    try {
      int number = -1; // of the line so far: the digits behind a c
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        number = take(block, length, micros(Instant.now()), number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized int take(byte[] block, int length, long now, int started) {
    int number = started;
    for (int i = 0; i < length; i++) {
      byte b = block[i];
      if (b == '\n') {
        add(now, number);
        number = -1;
      } else if (b == 'c') {
        number = 0;
      } else if (number >= 0) {
        number = number * 10 + b - '0';
      }
    }
    return number;
  }

  /**
   * A line has come. Called with the lock of this object held.
   *
   * @param now when, in microseconds since the epoch
   * @param number at its end; below 0 for a line without one
   */
  abstract void add(long now, int number);

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
