package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Ends a computation when its time is over, or the scheduler stops. */
final class Deadline {
  private final Duration limit;
  private final LongSupplier nanos;
  private final BooleanSupplier stopped;
  private final long until;

  /**
   * @param nanos a clock that only goes forward
   */
  Deadline(Duration limit, LongSupplier nanos, BooleanSupplier stopped) {
    this.limit = requireNonNull(limit, "limit is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
    this.stopped = requireNonNull(stopped, "stopped is null");
    this.until = nanos.getAsLong() + limit.toNanos();
  }

  /**
   * Called regularly by a computation.
   *
   * @throws CallbackException when the time is over or the scheduler stops
   */
  void check() throws CallbackException {
    if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw CallbackException.unavailable("ended as the scheduler stops", null);
    }
    if (nanos.getAsLong() - until > 0) {
      throw CallbackException.refused(
          "ended after its time limit of " + limit.toMillis() / 1000.0 + " s", null);
    }
  }
}
