package io.actionscheduler.engine.record;

import java.time.Instant;

/**
 * A moment that no action's progress has ever been after. Progress is ahead of the clock only after
 * the clock was set back, or where it was brought along from another program; otherwise this moment
 * is in the past, and nobody need ask the engine's thread about the progress of a single action.
 * Written by the engine's thread, read by any.
 */
public final class FurthestProgress {
  private volatile Instant at = Instant.MIN;

  /** {@code progress} is where it is now. */
  public void include(RecordedProgress progress) {
    if (progress.hasBegun() && progress.settledUntil().isAfter(at)) {
      at = progress.settledUntil();
    }
  }

  /** False only where the progress of every action that has begun is at {@code now} or before. */
  public boolean mayBeAfter(Instant now) {
    return at.isAfter(now);
  }
}
