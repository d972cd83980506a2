package io.actionscheduler.engine.clock;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Detects steps of the wall clock by comparing it with a clock that never steps. A pause of the
 * process is no step, since both clocks continue.
 */
public final class ClockWatch {
  /** Smaller differences are the clock being slewed, that is adjusted gradually. */
  public static final Duration LEAST_STEP = Duration.ofMillis(500);

  private final InstantSource clock;
  private final LongSupplier steadyNanos;
  private final Consumer<Duration> stepped;
  private Instant lastAt;
  private long lastNanos;

  /**
   * @param steadyNanos such as {@link System#nanoTime}
   * @param stepped called with the size of each step; negative when the clock was set back
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
      return; // paused between the two readings: they cannot be compared; the next call decides
    }
    Duration step = Duration.between(lastAt, at).minusNanos(before - lastNanos);
    lastNanos = before;
    lastAt = at;
    if (step.abs().compareTo(LEAST_STEP) >= 0) {
      stepped.accept(step);
    }
  }
}
