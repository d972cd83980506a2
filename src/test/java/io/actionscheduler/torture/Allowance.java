package io.actionscheduler.torture;

import java.time.Duration;

/**
 * How much the checker allows for.
 *
 * @param window after a target, or after the end of what disturbed it, its delivery has come
 * @param inFlight a fire received this long before a crash may not have been recorded
 * @param recovery after the end of a disturbance, what was missed through it may still be at work
 * @param notice an edit is noticed in so long a calm
 * @param held a fire that started in time may be on its way this long (Kafka's delivery time-out)
 * @param exactlyOnce whether any repeat is a failure
 */
record Allowance(
    Duration window,
    Duration inFlight,
    Duration recovery,
    Duration notice,
    Duration held,
    boolean exactlyOnce) {

  /** For the default settings with a {@code track_changes_period} of 1 s, on a busy machine. */
  static final Allowance USUAL =
      new Allowance(
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ZERO,
          false);

  /** The same, for a callback that may hold a fire for {@code span}. */
  Allowance holding(Duration span) {
    return new Allowance(window, inFlight, recovery, notice, span, exactlyOnce);
  }

  /** The same under exactly-once. */
  Allowance once() {
    return new Allowance(window, inFlight, recovery, notice, held, true);
  }
}
