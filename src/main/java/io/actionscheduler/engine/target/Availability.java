package io.actionscheduler.engine.target;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.concurrent.Backoff;
import io.actionscheduler.engine.record.OutageReasons;
import io.actionscheduler.fire.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a target is available, and when to probe one that is not. */
final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
  private static final Backoff PROBES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final String callback;
  private final OutageReasons reasons = new OutageReasons();
  private Instant unavailableSince; // null while it is available
  private String reason = ""; // why it is not
  private Duration delay;
  private Instant probeAt;
  private boolean odd;

  Availability(String callback) {
    this.callback = callback;
  }

  boolean isAvailable() {
    return unavailableSince == null;
  }

  /** How it is unavailable; empty while it is available. */
  Optional<Outage> outage() {
    return Optional.ofNullable(unavailableSince).map(since -> new Outage(callback, since, reason));
  }

  /** When to probe it next; only while it is unavailable. */
  Instant probeAt() {
    return probeAt;
  }

  /** Whether an odd number of probes has failed: every second probe takes a late fire. */
  boolean isOdd() {
    return odd;
  }

  /**
   * The target was not reached.
   *
   * @param probed whether that was a probe; other calls may have begun before the outage
   */
  void lost(CallbackException why, boolean probed, Instant now) {
    reason = why.getMessage();
    if (unavailableSince == null) {
      unavailableSince = now;
      odd = false;
      waitFor(PROBES.first(), now);
      reasons.isNew(why.getMessage());
      LOG.atWarn()
          .addKeyValue("callback", callback)
          .log(
              "callback {} is unavailable, its fires wait while it is tried again and again: {}",
              callback,
              why.getMessage());
    } else if (probed) {
      odd = !odd;
      waitFor(PROBES.next(delay), now);
      if (reasons.isNew(why.getMessage())) {
        LOG.atWarn()
            .addKeyValue("callback", callback)
            .log(
                "callback {} is still unavailable, for another reason: {}",
                callback,
                why.getMessage());
      } else {
        LOG.debug("callback {} is still unavailable: {}", callback, why.getMessage());
      }
    }
  }

  /** The target was reached; does nothing where it was available already. */
  void found(Instant now, int waiting) {
    if (unavailableSince != null) {
      LOG.atInfo()
          .addKeyValue("callback", callback)
          .log(
              "callback {} is available again after {} s: {} actions waited",
              callback,
              Duration.between(unavailableSince, now).toSeconds(),
              waiting);
      unavailableSince = null;
      reasons.clear();
    }
  }

  /** A probe may begin at once: the settings have changed. */
  void probeNow(Instant now) {
    if (unavailableSince != null) {
      probeAt = now;
    }
  }

  /** The clock was set back by {@code step}. */
  void clockSetBack(Duration step) {
    if (unavailableSince != null) {
      unavailableSince = unavailableSince.minus(step);
      probeAt = probeAt.minus(step);
    }
  }

  // Up to a fifth shorter, so that many schedulers do not probe one target at the same moment.
  private void waitFor(Duration time, Instant now) {
    delay = time;
    probeAt = now.plus(time.minusMillis(ThreadLocalRandom.current().nextLong(time.toMillis() / 5)));
  }
}
