package io.actionscheduler.schedule;

import java.time.Instant;

/** Instants as microseconds since the epoch: half the size, and exact enough for schedules. */
public final class Micros {
  static final long SECOND = 1_000_000;

  /**
   * What a {@code long} of microseconds holds, 146,000 years either way, so that a difference fits
   * too.
   */
  private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND / 2;

  static final long MOST = MOST_SECONDS * SECOND;

  private Micros() {}

  /** The microsecond that {@code at} lies in; instants beyond the range are moved to its ends. */
  public static long of(Instant at) {
    long second = at.getEpochSecond();
    if (Math.abs(second) >= MOST_SECONDS) {
      return Long.signum(second) * MOST;
    }
    return second * SECOND + at.getNano() / 1000;
  }

  /** The instant of so many microseconds. */
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000);
  }
}
