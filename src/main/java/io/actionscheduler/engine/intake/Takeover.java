package io.actionscheduler.engine.intake;

import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.KeptTimings;
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
  /** If more fires than these come before the next run, the row was edited, not postponed. */
  private static final long MOST_POSTPONED = 100;

  private Takeover() {}

  /**
   * The progress to continue from, where the Python program ran before.
   *
   * @param nextRun when that program would have run the action next
   * @param readAt when its row was read
   * @param there reads its schedule as that program does
   */
  static Instant progress(Timing timing, Instant nextRun, Instant readAt, KeptTimings there) {
    Optional<Instant> fire = standsFor(timing, nextRun);
    if (fire.isEmpty()) { // its row means other times here, or was edited since
      return nextRun.isAfter(readAt) ? readAt : before(nextRun);
    }
    Instant upTo = before(fire.get());
    if (upTo.isBefore(readAt)) {
      return upTo;
    }
    long leftOut = CheckedTimes.count(timing, readAt, upTo);
    boolean postponed =
        leftOut > 0 && leftOut <= MOST_POSTPONED && !isNextThere(timing, nextRun, readAt, there);
    return postponed ? upTo : readAt;
  }

  /**
   * Whether that program's own reading of the schedule gives {@code nextRun}: then nobody postponed
   * it, and the fires before it are those that only the crontab has. The form of the format {@code
   * unix} has weekdays that mean other days there, as the plain text has.
   */
  private static boolean isNextThere(
      Timing timing, Instant nextRun, Instant readAt, KeptTimings there) {
    return there
        .read(timing.text(), timing.storedZone())
        .flatMap(own -> CheckedTimes.next(own, readAt))
        .equals(Optional.of(nextRun));
  }

  /** The scheduled time here of the fire that was to run at {@code nextRun}; empty for none. */
  private static Optional<Instant> standsFor(Timing timing, Instant nextRun) {
    Optional<Instant> last = CheckedTimes.previous(timing, nextRun);
    return last.filter(
        at ->
            at.equals(nextRun)
                || Duration.between(at, nextRun).compareTo(timing.jitter()) <= 0
                || isOfTheClockChange(timing, at, nextRun));
  }

  /**
   * Whether {@code at} is the fire here for a time of the clock that a change skips or repeats:
   * there it runs that much later after the gap, and at the second of two times. What both programs
   * fire at the same moment before the change was fired there already.
   */
  private static boolean isOfTheClockChange(Timing timing, Instant at, Instant nextRun) {
    ZoneOffsetTransition change = timing.zone().getRules().previousTransition(nextRun.plusNanos(1));
    if (change == null) {
      return false;
    }
    Duration length = change.getDuration().abs();
    Instant begin = change.isGap() ? change.getInstant() : change.getInstant().minus(length);
    return !at.isBefore(begin) && !nextRun.isAfter(change.getInstant().plus(length));
  }

  private static Instant before(Instant at) {
    return at.minusNanos(1_000);
  }
}
