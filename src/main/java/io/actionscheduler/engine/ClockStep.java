package io.actionscheduler.engine;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that the wall clock stepped. */
final class ClockStep {
  private static final Logger LOG = LoggerFactory.getLogger(ClockStep.class);

  private ClockStep() {}

  static void tell(Duration step, Instant now) {
    double seconds = step.abs().toMillis() / 1000.0;
    if (step.isNegative()) {
      LOG.warn(
          "the clock stepped back by {} s to {}: nothing fires again, actions are silent until the"
              + " time that they had reached",
          seconds,
          now);
    } else {
      LOG.warn(
          "the clock stepped forward by {} s to {}: what lies between was missed", seconds, now);
    }
  }
}
