package io.actionscheduler.bench;

/**
 * The other end of the pipe for a stream that is too long to keep: it counts lines by how late they
 * are, in microseconds. Action {@code i} is due in each second at moment {@code i % moments} of it.
 */
final class Lateness extends NumberedLines {
  private static final int SECOND = 1_000_000; // microseconds

  /** What comes later than this behind its moment is taken to be early for the next. */
  private static final int MOST = 900_000;

  private final int moments;
  private final long[] late = new long[MOST]; // lines of the window, by microseconds
  private long firstSecond = Long.MAX_VALUE; // of the window; none yet
  private long endSecond;
  private long all;
  private long early;

  /**
   * @param moments how many there are in a second, at equal distances
   */
  Lateness(int moments) {
    this.moments = moments;
  }

  /** Counts what is due from {@code second} on, in so many seconds since the epoch. */
  synchronized void count(long second, int seconds) {
    firstSecond = second;
    endSecond = second + seconds;
  }

  @Override
  void add(long now, int number) {
    if (number < 1) {
      return; // no fire
    }
    all++;
    int behind = (int) Math.floorMod(now - micros(number), (long) SECOND);
    boolean isEarly = behind >= MOST;
    long second = Math.floorDiv(isEarly ? now + SECOND - behind : now - behind, (long) SECOND);
    if (second >= firstSecond && second < endSecond) {
      if (isEarly) {
        early++;
      } else {
        late[behind]++;
      }
    }
  }

  /** When action {@code number} is due, from the beginning of a second. */
  long micros(int number) {
    return (long) (number % moments) * SECOND / moments;
  }

  /** How many lines have come since the start. */
  synchronized long all() {
    return all;
  }

  /** How many lines of the window came before their time, or so late that nobody can tell. */
  synchronized long early() {
    return early;
  }

  /** How many lines of the window there are. */
  synchronized long counted() {
    long counted = early;
    for (long lines : late) {
      counted += lines;
    }
    return counted;
  }

  /** The milliseconds that {@code percent} of the lines of the window are not later than. */
  synchronized double percentile(double percent) {
    long wanted = (long) Math.ceil(percent / 100 * (counted() - early));
    long seen = 0;
    int micros = -1;
    while (seen < Math.max(1, wanted) && micros < MOST - 1) {
      seen += late[++micros];
    }
    return micros / 1e3;
  }
}
