package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

/**
 * Scheduled times of which the ledger contradicts the schedule.
 *
 * @param verdict {@link Verdict#LOST} or {@link Verdict#DOUBLED}
 * @param fires where they are; inside a stretch whose count is wrong, which of its times they are
 *     cannot be told
 */
public record Discrepancy(ProgressKey key, Verdict verdict, Stretch fires) {
  public Discrepancy {
    requireNonNull(key, "key is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(fires, "fires is null");
    if (!verdict.isFault()) {
      throw new IllegalArgumentException(verdict + " is no fault");
    }
  }
}
