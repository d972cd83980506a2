package io.actionscheduler.schedule;

import java.time.Instant;

/**
 * The first and the last second of the epoch at which a schedule may fire, both included.
 *
 * @param first may lie after {@code last}: then nothing ever fires
 */
record Bounds(long first, long last) {
  static final Bounds NONE = new Bounds(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());

  /** The seconds from {@code start} to {@code end}, whole ones alone. */
  static Bounds between(Instant start, Instant end) {
    Bounds bounds =
        new Bounds(start.getEpochSecond() + (start.getNano() > 0 ? 1 : 0), end.getEpochSecond());
    return bounds.equals(NONE) ? NONE : bounds; // most schedules share it
  }
}
