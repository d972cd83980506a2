package io.actionscheduler.api;

import java.time.Duration;

/**
 * Counts durations in classes, each a fifth wider than the one below: quantiles of any number of
 * durations in 400 bytes.
 */
final class LatenessCounts {
  private static final double LEAST = 0.0001; // seconds; less counts as this
  private static final double STEP = 1.2;
  private static final int CLASSES = 110; // up to 14 hours; more counts as this

  private final int[] counts = new int[CLASSES];
  private long total;

  void add(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    int place = seconds <= LEAST ? 0 : (int) Math.ceil(Math.log(seconds / LEAST) / Math.log(STEP));
    counts[Math.min(place, CLASSES - 1)]++;
    total++;
  }

  /** How many were added. */
  long total() {
    return total;
  }

  /** The duration in seconds that the share {@code q} does not exceed; null where there is none. */
  Double quantile(double q) {
    if (total == 0) {
      return null;
    }
    long wanted = (long) Math.ceil(total * q);
    long seen = 0;
    for (int place = 0; place < CLASSES; place++) {
      seen += counts[place];
      if (seen >= wanted) {
        return Math.round(LEAST * Math.pow(STEP, place) * 1e6) / 1e6;
      }
    }
    throw new IllegalStateException("fewer are counted than were added");
  }
}
