package io.actionscheduler.schedule;

/**
 * A period in which a zone has one offset from UTC, in seconds since the epoch.
 *
 * @param start when it begins, or {@link #FAR} before the epoch where nothing came before
 * @param end when the next one begins, or {@link #FAR} where none follows
 * @param before seconds of the offset until {@code start}
 * @param offset seconds of the offset within
 */
record Span(long start, long end, int before, int offset) {
  /** Later than every instant, and far from overflow. */
  static final long FAR = 1L << 60;

  /**
   * The local time from which this span answers for a schedule. One that follows the running clock
   * begins with what the clock shows; one of wall-clock times where the span before ended: behind a
   * gap that takes in the times of the gap, behind an overlap it leaves out the second pass.
   */
  long opens(boolean followsClock) {
    return start + (followsClock ? offset : before);
  }

  /** The local time at which this span ends. */
  long closes() {
    return end + offset;
  }

  /** The instant of a local time that this span answers for: those in a gap share its end. */
  long instant(long local) {
    return Math.max(start, local - offset);
  }
}
