package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A stretch of time, from {@code start} until just before {@code end}. */
public record Window(Instant start, Instant end) {
  /**
   * @throws IllegalArgumentException when {@code end} is not after {@code start}
   */
  public Window {
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("no window: " + start + " until " + end);
    }
  }
}
