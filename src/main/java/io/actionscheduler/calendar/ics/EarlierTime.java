package io.actionscheduler.calendar.ics;

import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;

/**
 * Where the clock shows a time twice, RFC 5545 (3.3.5) means the first; the library gives the
 * second.
 */
final class EarlierTime {
  // Longer than any repeated hour, shorter than the time between two changes of a clock.
  private static final long BEFORE_MILLIS = 24L * 60 * 60 * 1000;

  private EarlierTime() {}

  /** The first moment at which {@code clock} shows what it shows at {@code at}. */
  static Instant of(Date at, TimeZone clock) {
    long shown = at.getTime() + clock.getOffset(at.getTime());
    int before = clock.getOffset(at.getTime() - BEFORE_MILLIS);
    long earlier = shown - before;
    boolean isShownTwice = earlier < at.getTime() && clock.getOffset(earlier) == before;
    return Instant.ofEpochMilli(isShownTwice ? earlier : at.getTime());
  }
}
