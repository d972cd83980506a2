package io.actionscheduler.callback.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The output of a target, shortened to a limit: its beginning and its end, where errors are, with a
 * line in between that says how much was left out. Accepts any amount in limited memory.
 * Thread-safe.
 */
public final class KeptOutput {
  /** The most bytes that are stored of one output. */
  public static final int MOST = 64 * 1024;

  private static final int MARK = 64; // room for the line that says how much was left out

  private static final int LONGEST_LINE = 300;

  private final byte[] head;
  private final byte[] tail; // a ring buffer
  private long total;

  private KeptOutput(int head, int tail) {
    this.head = new byte[head];
    this.tail = new byte[tail];
  }

  public static KeptOutput ofBeginning() {
    return new KeptOutput(MOST - MARK, 0);
  }

  public static KeptOutput ofBothEnds() {
    return ofBothEnds(0);
  }

  /**
   * The same, with room for {@code reserved} bytes that are added to the text; from 0 to 16 KiB.
   */
  public static KeptOutput ofBothEnds(int reserved) {
    return new KeptOutput(MOST / 4, MOST / 4 * 3 - MARK - reserved);
  }

  public synchronized void add(byte[] bytes, int from, int length) {
    int first = (int) Math.max(0, Math.min(length, head.length - total));
    if (first > 0) {
      System.arraycopy(bytes, from, head, (int) total, first);
    }
    total += first;
    for (int i = first; i < length; i++) {
      if (tail.length > 0) {
        tail[(int) ((total - head.length) % tail.length)] = bytes[from + i];
      }
      total++;
    }
  }

  /** How many bytes were written so far, including those left out. */
  public synchronized long total() {
    return total;
  }

  /** Whether something was left out. */
  public synchronized boolean isCut() {
    return total > head.length + tail.length;
  }

  /** The text, read as UTF-8. */
  public synchronized String text() {
    if (!isCut()) {
      byte[] all = Arrays.copyOf(head, (int) total);
      int behind = (int) Math.max(0, total - head.length);
      if (behind > 0) {
        System.arraycopy(tail, 0, all, head.length, behind);
      }
      return new String(all, StandardCharsets.UTF_8);
    }
    long cut = total - head.length - tail.length;
    String mark = tail.length > 0 ? "\n[" + cut + " bytes cut here]\n" : "\n[cut here]";
    int oldest = tail.length == 0 ? 0 : (int) ((total - head.length) % tail.length);
    return new String(head, StandardCharsets.UTF_8)
        + mark
        + new String(tail, oldest, tail.length - oldest, StandardCharsets.UTF_8)
        + new String(tail, 0, oldest, StandardCharsets.UTF_8);
  }

  /**
   * The last line that is not blank, where programs say what went wrong; at most 300 characters of
   * it. Empty when nothing was written.
   */
  public Optional<String> lastLine() {
    return text()
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((before, last) -> last)
        .map(String::strip)
        .map(last -> last.length() > LONGEST_LINE ? last.substring(0, LONGEST_LINE) + "…" : last);
  }
}
