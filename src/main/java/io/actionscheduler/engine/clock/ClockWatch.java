package io.actionscheduler.engine.clock;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds steps of the wall clock by comparing it with one that never steps. A process that was
 * paused sees no step: both clocks went on.
 */
public final class ClockWatch {
  /** Smaller differences are a clock being slewed. */
  public static final Duration LEAST_STEP = Duration.ofMillis(500);

  private final InstantSource clock;
  private final LongSupplier steadyNanos;
  private final Consumer<Duration> stepped;
  private Instant lastAt;
  private long lastNanos;

  /**
   * @param steadyNanos such as {@link System#nanoTime}
   * @param stepped is told by how much the clock stepped; negative for back
   */
  public ClockWatch(InstantSource clock, LongSupplier steadyNanos, Consumer<Duration> stepped) {
    this.clock = requireNonNull(clock, "clock is null");
    this.steadyNanos = requireNonNull(steadyNanos, "steadyNanos is null");
    this.stepped = requireNonNull(stepped, "stepped is null");
    this.lastNanos = steadyNanos.getAsLong();
    this.lastAt = clock.instant();
  }

  /** To be called several times a second, by one thread. */
  public void look() {
    long before = steadyNanos.getAsLong();
    Instant at = clock.instant();
    if (steadyNanos.getAsLong() - before > LEAST_STEP.toNanos() / 10) {
      return; // interrupted in its middle, the two do not belong together; the next look tells
    }
    Duration step = Duration.between(lastAt, at).minusNanos(before - lastNanos);
    lastNanos = before;
    lastAt = at;
    if (step.abs().compareTo(LEAST_STEP) >= 0) {
      stepped.accept(step);
    }
  }
}
