package io.actionscheduler.engine.intake;

import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Computes an action's progress from the next run time that the Python program stored. The fire of
 * that time has to happen once. Pure functions.
 */
final class Takeover {
  // No zone's clock was ever changed by more, except across the date line.
  private static final Duration LONGEST_CHANGE = Duration.ofHours(3);

  /** If more fires than these come before the next run, the row was edited, not postponed. */
  private static final long MOST_POSTPONED = 100;

  private Takeover() {}

  /**
   * The progress to continue from, where the Python program ran before.
   *
   * @param nextRun when that program would have run the action next
   * @param readAt when its row was read
   */
  static Instant progress(Timing timing, Instant nextRun, Instant readAt) {
    Optional<Instant> fire = standsFor(timing, nextRun);
    if (fire.isEmpty()) { // its row means other times here, or was edited since
      return nextRun.isAfter(readAt) ? readAt : before(nextRun);
    }
    Instant upTo = before(fire.get());
    if (upTo.isBefore(readAt)) {
      return upTo;
    }
    long leftOut = CheckedTimes.count(timing, readAt, upTo);
    return leftOut > 0 && leftOut <= MOST_POSTPONED ? upTo : readAt;
  }

  /** The scheduled time here of the fire that was to run at {@code nextRun}; empty for none. */
  private static Optional<Instant> standsFor(Timing timing, Instant nextRun) {
    Optional<Instant> last = CheckedTimes.previous(timing, nextRun);
    return last.filter(
        at ->
            at.equals(nextRun)
                || isWithin(timing.jitter(), at, nextRun)
                || isWithin(LONGEST_CHANGE, at, nextRun) && clockChanges(timing, at, nextRun));
  }

  private static boolean isWithin(Duration most, Instant at, Instant nextRun) {
    return Duration.between(at, nextRun).compareTo(most) <= 0;
  }

  // In the hour that a clock change skips or repeats, the two programs fire at different moments.
  private static boolean clockChanges(Timing timing, Instant from, Instant to) {
    ZoneOffsetTransition change = timing.zone().getRules().nextTransition(from.minusNanos(1));
    return change != null && !change.getInstant().isAfter(to);
  }

  private static Instant before(Instant at) {
    return at.minusNanos(1_000);
  }
}
