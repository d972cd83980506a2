package io.actionscheduler.engine.target;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How many late fires may start now: a token bucket that holds the fires of one second. */
final class CatchUpRate {
  private final Optional<Integer> perSecond;
  private double allowance;
  private Instant filledAt = Instant.MIN;

  CatchUpRate(Optional<Integer> perSecond) {
    this.perSecond = perSecond;
  }

  int allowed(Instant now, int wanted) {
    if (perSecond.isEmpty()) {
      return wanted;
    }
    int rate = perSecond.get();
    if (filledAt.equals(Instant.MIN) || now.isBefore(filledAt)) {
      allowance = Math.max(1, rate / 10.0); // no burst of a whole second at the beginning
    } else {
      double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
      allowance = Math.min(Math.max(1, rate), allowance + seconds * rate);
    }
    filledAt = now;
    return (int) Math.min(wanted, allowance);
  }

  void used(int fires) {
    allowance -= fires;
  }

  /** When the next fire is allowed, once none is. */
  Instant nextAt(Instant now) {
    long millis = 1 + (long) Math.ceil((1 - allowance) * 1000 / perSecond.orElse(1000));
    return now.plusMillis(Math.max(millis, 10));
  }
}
