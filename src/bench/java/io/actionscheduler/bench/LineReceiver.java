package io.actionscheduler.bench;

import java.util.Arrays;

/**
 * The other end of the pipe: takes the time of each line when it arrives, and the number at its
 * end. Takes tens of millions of lines per second, so that it is not what is measured.
 */
final class LineReceiver extends NumberedLines {
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
  void add(long now, int number) {
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
}
