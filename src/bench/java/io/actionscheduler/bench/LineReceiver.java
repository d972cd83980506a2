package io.actionscheduler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The other end of the pipe: takes the time of each line when it arrives, and the number at its
 * end. Takes tens of millions of lines per second, so that it is not what is measured.
 */
final class LineReceiver implements Consumer<InputStream> {
  private long[] receivedAt;
  private int[] actions;
  private int size;
  private int other;

  /** With room for as many lines as are expected; grows when there are more. */
  LineReceiver(int expected) {
    receivedAt = new long[expected];
    actions = new int[expected];
  }

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

  private void add(long now, int number) {
    if (number < 1) {
      other++;
      return;
    }
    if (size == receivedAt.length) {
      receivedAt = Arrays.copyOf(receivedAt, Math.max(1024, size * 2));
      actions = Arrays.copyOf(actions, receivedAt.length);
    }
    receivedAt[size] = now;
    actions[size++] = number;
  }

  /** How many lines of actions there are so far. */
  synchronized int count() {
    return size;
  }

  /** How many lines were none of an action. */
  synchronized int other() {
    return other;
  }

  /** The lines from number {@code from} to before {@code to}, as far as they have come. */
  synchronized Arrivals slice(int from, int to) {
    int end = Math.min(to, size);
    int start = Math.min(from, end);
    return new Arrivals(
        Arrays.copyOfRange(receivedAt, start, end), Arrays.copyOfRange(actions, start, end));
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
