package io.actionscheduler.engine.record;

import io.actionscheduler.schedule.Micros;
import java.time.Instant;

/**
 * A moment that no action's progress has ever been after. Progress is ahead of the clock only after
 * the clock was set back, or where it was brought along from another program; otherwise this moment
 * is in the past, and nobody need ask the engine's thread about the progress of a single action.
 * Written by the engine's thread, read by any.
 */
public final class FurthestProgress {
  // Microseconds since 1970: each fire asks, and an instant would be made for each.
  private volatile long at = Long.MIN_VALUE;

  /** {@code progress} is where it is now. */
  public void include(RecordedProgress progress) {
    if (progress.hasBegun() && progress.settledMicros() > at) {
      at = progress.settledMicros();
    }
  }

  /** False only where the progress of every action that has begun is at {@code now} or before. */
  public boolean mayBeAfter(Instant now) {
    return at > Micros.of(now);
  }
}
