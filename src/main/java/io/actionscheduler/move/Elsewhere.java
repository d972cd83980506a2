package io.actionscheduler.move;

import java.time.Instant;

/** When the program that a schedule comes from runs it: its own rules, found without ours. */
public interface Elsewhere {
  /**
   * The seconds of the epoch in ({@code from}, {@code to}] at which it runs, in order; a second
   * stands there as often as it runs then.
   */
  long[] between(Instant from, Instant to);
}
