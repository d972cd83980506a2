package io.actionscheduler.fire;

import java.time.Instant;

/** Compares moments. */
public final class Moments {
  private Moments() {}

  public static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  public static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
