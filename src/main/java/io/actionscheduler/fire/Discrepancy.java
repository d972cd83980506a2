package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

/**
 * Scheduled times at which the ledger contradicts the schedule.
 *
 * @param verdict {@link Verdict#LOST} or {@link Verdict#DOUBLED}
 * @param fires where they are; in a stretch whose count is wrong, it is unknown which of its times
 *     they are
 */
public record Discrepancy(ProgressKey key, Verdict verdict, Stretch fires) {
  /**
   * @throws IllegalArgumentException when {@code verdict} is not a fault
   */
  public Discrepancy {
    requireNonNull(key, "key is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(fires, "fires is null");
    if (!verdict.isFault()) {
      throw new IllegalArgumentException(verdict + " is no fault");
    }
  }
}
