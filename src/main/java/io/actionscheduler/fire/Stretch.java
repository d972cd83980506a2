package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/**
 * Successive scheduled times of one action that share an outcome.
 *
 * @param count how many; at least 1
 */
public record Stretch(Instant first, Instant last, long count) {
  /**
   * @throws IllegalArgumentException when {@code count} is below 1 or {@code last} is before {@code
   *     first}
   */
  public Stretch {
    requireNonNull(first, "first is null");
    requireNonNull(last, "last is null");
    if (count < 1 || last.isBefore(first)) {
      throw new IllegalArgumentException("no stretch: " + first + " to " + last + ", " + count);
    }
  }

  public static Stretch of(Instant only) {
    return new Stretch(only, only, 1);
  }

  /** The fire times of {@code schedule} in ({@code after}, {@code upTo}], or empty for none. */
  public static Optional<Stretch> of(Schedule schedule, Instant after, Instant upTo) {
    long count = schedule.count(after, upTo);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Stretch(
                schedule.next(after).orElseThrow(), schedule.previous(upTo).orElseThrow(), count));
  }
}
