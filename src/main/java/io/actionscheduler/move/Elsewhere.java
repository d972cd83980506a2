package io.actionscheduler.move;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The fire times by the rules of the program that a schedule comes from, computed without the
 * scheduler's own rules.
 */
public interface Elsewhere {
  /**
   * The seconds of the epoch in ({@code from}, {@code to}] at which it runs, in order; each as
   * often as it runs then.
   */
  long[] between(Instant from, Instant to);

  /**
   * The same without the moments of {@code others}, for events that run once when they coincide.
   */
  default Elsewhere without(List<Elsewhere> others) {
    List<Elsewhere> all = List.copyOf(others);
    return (from, to) -> {
      long[] times = between(from, to);
      for (Elsewhere other : all) {
        long[] taken = other.between(from, to);
        times = Arrays.stream(times).filter(at -> Arrays.binarySearch(taken, at) < 0).toArray();
      }
      return times;
    };
  }

  /** A single moment. */
  static Elsewhere once(Instant at) {
    return (from, to) ->
        at.isAfter(from) && !at.isAfter(to) ? new long[] {at.getEpochSecond()} : new long[0];
  }

  /**
   * Each {@code seconds} from {@code start} on, which is the first of them and may have a fraction.
   *
   * @throws IllegalArgumentException when {@code seconds} is below 1
   */
  static Elsewhere every(long seconds, Instant start) {
    if (seconds < 1) {
      throw new IllegalArgumentException("not an interval: " + seconds);
    }
    Duration step = Duration.ofSeconds(seconds);
    return (from, to) -> {
      long passed = from.isBefore(start) ? -1 : Duration.between(start, from).dividedBy(step);
      Instant begin = start.plus(step.multipliedBy(passed + 1));
      if (begin.isAfter(to)) {
        return new long[0];
      }
      long count = Duration.between(begin, to).dividedBy(step) + 1;
      return LongStream.range(0, count).map(i -> begin.getEpochSecond() + i * seconds).toArray();
    };
  }

  /** The same up to {@code end}, which is included. */
  default Elsewhere upTo(Instant end) {
    return (from, to) -> between(from, to.isBefore(end) ? to : end);
  }

  /** The same from {@code start} to {@code end}, both included. */
  default Elsewhere within(Instant start, Instant end) {
    return (from, to) ->
        Arrays.stream(between(from, to))
            .filter(at -> at >= start.getEpochSecond() && at <= end.getEpochSecond())
            .toArray();
  }
}
