package io.actionscheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** A target that cannot be reached: when to feel for it next. */
final class Away {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(60);

  Instant since;
  private Duration delay = FIRST;
  private Instant probeAt;

  Away(Instant since) {
    this.since = since;
    this.probeAt = since.plus(spread(FIRST));
  }

  Instant probeAt() {
    return probeAt;
  }

  /** The probe failed, too: wait twice as long, a minute at most. */
  void stillAway(Instant now) {
    delay = delay.multipliedBy(2).compareTo(MOST) < 0 ? delay.multipliedBy(2) : MOST;
    probeAt = now.plus(spread(delay));
  }

  /** The clock was set back by {@code step}. */
  void setBack(Duration step) {
    since = since.minus(step);
    probeAt = probeAt.minus(step);
  }

  // Up to a fifth less, so that many schedulers do not come back to one target together.
  private static Duration spread(Duration delay) {
    return delay.minusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 5));
  }
}
