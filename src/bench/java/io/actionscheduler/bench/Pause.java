package io.actionscheduler.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting, where the passing of time is part of what is measured. */
final class Pause {
  private Pause() {}

  static void until(Instant instant) throws InterruptedException {
    long millis = Duration.between(Instant.now(), instant).toMillis();
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  /** Waits, at most until {@code limit}; says whether the condition came true. */
  static boolean until(Instant limit, BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }
}
