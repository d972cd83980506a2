package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The random delay of a fire. Computed from action and time, so that a restart does not change it.
 */
public final class Jitter {
  private Jitter() {}

  /**
   * When the fire of {@code action} scheduled at {@code scheduledAt} is due: at most the timing's
   * jitter later, and before the next scheduled time.
   */
  public static Instant due(Action action, Instant scheduledAt) {
    Timing timing = action.timing();
    if (timing.jitter().isZero()) {
      return scheduledAt;
    }
    Duration most =
        CheckedTimes.next(timing.whole(), scheduledAt)
            .map(next -> Duration.between(scheduledAt, next).minus(1, ChronoUnit.MICROS))
            .filter(gap -> gap.compareTo(timing.jitter()) < 0)
            .orElse(timing.jitter());
    long micros = most.toNanos() / 1_000;
    double share = (mix(action.id().text().hashCode(), scheduledAt) >>> 11) * 0x1.0p-53;
    return scheduledAt.plus((long) (share * micros), ChronoUnit.MICROS);
  }

  // The finalizer of SplitMix64 (Steele, Lea, Flood 2014): spreads neighbouring inputs evenly.
  private static long mix(int hash, Instant scheduledAt) {
    long z = scheduledAt.getEpochSecond() * 0x9e3779b97f4a7c15L + scheduledAt.getNano() + hash;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
