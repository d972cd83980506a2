package io.actionscheduler.engine.target;

import io.actionscheduler.engine.clock.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A moment to go on at, the earliest of those that were asked for. For the engine's thread. */
final class WakeUp {
  private final Timers timers;
  private final Consumer<Instant> goOn;
  private Instant at = Instant.MAX;

  WakeUp(Timers timers, Consumer<Instant> goOn) {
    this.timers = timers;
    this.goOn = goOn;
  }

  /** Goes on at {@code moment}, unless it does so earlier. */
  void at(Instant moment) {
    if (moment.isBefore(at)) {
      at = moment;
      timers.add(
          moment,
          now -> {
            at = Instant.MAX;
            goOn.accept(now);
          });
    }
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    if (!at.equals(Instant.MAX)) {
      at = at.minus(step);
    }
  }
}
