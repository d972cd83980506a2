package io.actionscheduler.fire;

import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks a schedule for its times and checks each answer, so that a wrong schedule cannot cause an
 * endless loop.
 */
public final class CheckedTimes {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private CheckedTimes() {}

  /**
   * The first time strictly after {@code after}, or empty when there is none.
   *
   * @throws ContradictorySchedule when the answer is not after it, or the schedule fails
   */
  public static Optional<Instant> next(Timing timing, Instant after) {
    Optional<Instant> next;
    try {
      next = timing.schedule().next(after);
    } catch (RuntimeException e) {
      throw failed(timing, "its next time after " + after, e);
    }
    if (next.isPresent() && !next.get().isAfter(after)) {
      throw new ContradictorySchedule(timing, "its next time after " + after + " is " + next.get());
    }
    return next;
  }

  /**
   * The last time at or before {@code at}, which is known to exist at or after {@code first}.
   *
   * @throws ContradictorySchedule when the answer lies elsewhere, or the schedule fails
   */
  public static Instant last(Timing timing, Instant first, Instant at) {
    Optional<Instant> last = previous(timing, at);
    if (last.isEmpty() || last.get().isBefore(first)) {
      throw new ContradictorySchedule(
          timing,
          "it fires at "
              + first
              + ", and its last time up to "
              + at
              + " is "
              + last.map(Instant::toString).orElse("none"));
    }
    return last.get();
  }

  /**
   * The last time at or before {@code at}, or empty when there is none.
   *
   * @throws ContradictorySchedule when the answer is after it, or the schedule fails
   */
  public static Optional<Instant> previous(Timing timing, Instant at) {
    Optional<Instant> previous;
    try {
      previous = timing.schedule().previous(at);
    } catch (RuntimeException e) {
      throw failed(timing, "its last time up to " + at, e);
    }
    if (previous.isPresent() && previous.get().isAfter(at)) {
      throw new ContradictorySchedule(
          timing, "its last time up to " + at + " is " + previous.get());
    }
    return previous;
  }

  /**
   * How many times lie in ({@code after}, {@code upTo}].
   *
   * @throws ContradictorySchedule when the answer is negative, or the schedule fails
   */
  public static long count(Timing timing, Instant after, Instant upTo) {
    long count;
    try {
      count = timing.schedule().count(after, upTo);
    } catch (RuntimeException e) {
      throw failed(timing, "the number of its times from " + after + " to " + upTo, e);
    }
    if (count < 0) {
      throw new ContradictorySchedule(
          timing, "it has " + count + " times from " + after + " to " + upTo);
    }
    return count;
  }

  /**
   * The times in ({@code after}, {@code upTo}], or empty for none.
   *
   * @throws ContradictorySchedule when their number, the first and the last of them disagree
   */
  public static Optional<Stretch> stretch(Timing timing, Instant after, Instant upTo) {
    long count = count(timing, after, upTo);
    if (count == 0) {
      return Optional.empty();
    }
    Instant first = next(timing, after).orElse(null);
    if (first == null || first.isAfter(upTo)) {
      throw new ContradictorySchedule(
          timing, "it has " + count + " times from " + after + " to " + upTo + ", and none there");
    }
    Instant last = last(timing, first, upTo);
    if (count == 1 && !last.equals(first)) {
      throw new ContradictorySchedule(
          timing,
          "it has one time from "
              + after
              + " to "
              + upTo
              + ", and fires at "
              + first
              + " and "
              + last);
    }
    return Optional.of(new Stretch(first, last, count));
  }

  /**
   * Makes sure that the time behind {@code at} is no less than a second later, as with every
   * format: what fires ever so often leaves the one thread that decides no time for anything else.
   *
   * @throws ContradictorySchedule when it is
   */
  public static void requireRare(Timing timing, Instant at) {
    Instant end = at.plus(LEAST).minusNanos(1);
    // The count is asked first: where there is no next time, to find that out takes milliseconds.
    if (count(timing, at, end) > 0) {
      next(timing, at)
          .filter(next -> !next.isAfter(end))
          .ifPresent(
              next -> {
                throw ContradictorySchedule.tooOften(timing, at, next);
              });
    }
  }

  private static ContradictorySchedule failed(Timing timing, String asked, RuntimeException e) {
    return e instanceof ContradictorySchedule known
        ? known
        : new ContradictorySchedule(timing, "asked for " + asked + " it fails: " + e, e);
  }
}
