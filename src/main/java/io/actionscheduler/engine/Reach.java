package io.actionscheduler.engine;

import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a target can be reached, and when to feel for one that is away. */
final class Reach {
  private static final Logger LOG = LoggerFactory.getLogger(Reach.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(60);

  private final String callback;
  private Instant awaySince; // null while it can be reached
  private Duration delay;
  private Instant probeAt;
  private boolean odd;

  Reach(String callback) {
    this.callback = callback;
  }

  boolean isAway() {
    return awaySince != null;
  }

  /** When to feel for it next; only while it is away. */
  Instant probeAt() {
    return probeAt;
  }

  /** Whether an odd number of probes has failed. */
  boolean isOdd() {
    return odd;
  }

  /**
   * It was not reached.
   *
   * @param probed whether that was a probe: others were on their way when it went
   */
  void lost(CallbackException why, boolean probed, Instant now) {
    if (awaySince == null) {
      awaySince = now;
      odd = false;
      waitFor(FIRST, now);
      LOG.warn(
          "callback {} is away, its fires wait while it is tried again and again: {}",
          callback,
          why.getMessage());
    } else if (probed) {
      odd = !odd;
      Duration twice = delay.multipliedBy(2);
      waitFor(twice.compareTo(MOST) < 0 ? twice : MOST, now);
      LOG.debug("callback {} is still away: {}", callback, why.getMessage());
    }
  }

  /** It was reached; does nothing where it always was. */
  void found(Instant now, int waiting) {
    if (awaySince != null) {
      LOG.info(
          "callback {} is back after {} s: {} actions waited",
          callback,
          Duration.between(awaySince, now).toSeconds(),
          waiting);
      awaySince = null;
    }
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    if (awaySince != null) {
      awaySince = awaySince.minus(step);
      probeAt = probeAt.minus(step);
    }
  }

  // Up to a fifth less, so that many schedulers do not come back to one target together.
  private void waitFor(Duration time, Instant now) {
    delay = time;
    probeAt = now.plus(time.minusMillis(ThreadLocalRandom.current().nextLong(time.toMillis() / 5)));
  }
}
