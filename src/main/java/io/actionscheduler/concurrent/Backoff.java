package io.actionscheduler.concurrent;

import java.time.Duration;

/**
 * The waits between attempts that fail, one after the other: each is twice as long as the one
 * before, up to a limit.
 *
 * @param first the wait after the first failure; more than zero
 * @param longest the limit; {@code first} or longer
 */
public record Backoff(Duration first, Duration longest) {
  /**
   * @throws IllegalArgumentException when {@code first} is not more than zero or is longer than
   *     {@code longest}
   */
  public Backoff {
    if (first.isZero() || first.isNegative() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("waits from " + first + " to " + longest);
    }
  }

  /** The wait that follows {@code wait}. */
  public Duration next(Duration wait) {
    return wait.compareTo(longest.dividedBy(2)) > 0 ? longest : wait.multipliedBy(2);
  }

  /**
   * The wait after so many failures.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = next(wait);
    }
    return wait;
  }
}
