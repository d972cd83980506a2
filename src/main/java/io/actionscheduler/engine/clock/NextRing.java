package io.actionscheduler.engine.clock;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Sets the alarm to the earliest moment at which the engine has something to do. Confined to the
 * engine's thread, except for {@link #close}.
 */
public final class NextRing implements AutoCloseable {
  private final Alarm alarm;
  private Instant at; // null while the alarm is not set

  /**
   * @param alarm is closed with this
   */
  public NextRing(Alarm alarm) {
    this.alarm = requireNonNull(alarm, "alarm is null");
  }

  /**
   * @param wake called each time the alarm rings, on a thread of the alarm
   */
  public void calls(Runnable wake) {
    alarm.onRing(wake);
  }

  /** The alarm rang, or has to be set anew for another reason. */
  public void over() {
    at = null;
  }

  /** Sets the alarm to the earlier of the two; does nothing where it is set to that already. */
  public void setFor(Optional<Instant> schedule, Optional<Instant> timer) {
    Optional<Instant> next = earlier(schedule, timer);
    if (next.isPresent() && !next.get().equals(at)) {
      at = next.get();
      alarm.set(at);
    }
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().isBefore(b.get()) ? a : b;
  }

  @Override
  public void close() {
    alarm.close();
  }
}
