package io.actionscheduler.schedule;

import java.time.Instant;
import java.util.Optional;

/** A rule for fire times: a pure function of time. Equal rules are equal objects. */
public interface Schedule {

  /** The first fire time strictly after {@code after}, or empty when there is none. */
  Optional<Instant> next(Instant after);

  /** The last fire time at or before {@code at}, or empty when there is none. */
  Optional<Instant> previous(Instant at);

  /**
   * How many fire times lie in ({@code after}, {@code upTo}], in time proportional to the days
   * between, not to the fires; 0 when {@code upTo} is not after {@code after}.
   */
  long count(Instant after, Instant upTo);

  /**
   * Adds the fires of each minute from {@code begin} on to {@code fires}, an element a minute.
   * Minutes with more than one fire are counted, not walked.
   *
   * @param begin the beginning of a minute
   * @param times how often each fire counts
   */
  default void addMinutes(Instant begin, int times, long[] fires) {
    Instant end = begin.plusSeconds(60L * fires.length);
    Optional<Instant> next = next(begin.minusNanos(1));
    while (next.isPresent() && next.get().isBefore(end)) {
      int minute = (int) ((next.get().getEpochSecond() - begin.getEpochSecond()) / 60);
      Instant last = begin.plusSeconds(60L * (minute + 1)).minusNanos(1);
      Optional<Instant> second = next(next.get());
      long here = 1;
      if (second.isPresent() && !second.get().isAfter(last)) {
        here += count(next.get(), last);
        second = next(last);
      }
      fires[minute] += times * here;
      next = second;
    }
  }

  /**
   * The time here of the fire that {@code before}, the same schedule under another law of the zone,
   * had at {@code at}: where both define it by the time of day, that time by the new clock.
   */
  default Instant movedFrom(Schedule before, Instant at) {
    return at;
  }

  /**
   * Whether both have the same fire times, even if they are written differently: compared by their
   * rules, not by samples. False where the rules cannot be compared; equal rules always can.
   */
  default boolean meansTheSameAs(Schedule other) {
    return equals(other);
  }
}
