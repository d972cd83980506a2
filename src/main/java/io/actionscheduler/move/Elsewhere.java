package io.actionscheduler.move;

import java.time.Instant;

/** The fire times by the rules of the program that a schedule comes from, computed without ours. */
public interface Elsewhere {
  /**
   * The seconds of the epoch in ({@code from}, {@code to}] at which it runs, in order; a second
   * stands there as often as it runs then.
   */
  long[] between(Instant from, Instant to);
}
