package io.actionscheduler.engine.run;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import java.time.Duration;

/**
 * What waits in the queue of a callback: the progress of an action, one fire that runs at the same
 * time as others of its action, or a dead letter. Confined to the engine's thread.
 */
public interface Firing {
  /** The progress of the action that it belongs to; itself where it is a progress. */
  ActionProgress progress();

  /** Its key in records: the action, and the callback that its fires are meant for. */
  ProgressKey key();

  /** The name of the callback that it is delivered to. */
  String callback();

  /** The fire that was attempted and is not settled, or null for none. */
  OpenFire open();

  /** The attempted fire stays unsettled, as {@code open}. */
  void keepOpen(OpenFire open);

  /** The clock was set back by {@code step}: the moment of a retry moves back with it. */
  default void setBack(Duration step) {
    if (open() != null) {
      keepOpen(open().retriedAt(open().retryAt().minus(step)));
    }
  }

  /** Whether it waits in the queue of its callback. */
  boolean isQueued();

  /** It waits in the queue of its callback from now on. */
  void enqueued();

  /** It was taken out of the queue. */
  void dequeued();

  /** Whether its callback has a fire of it now. */
  boolean isRunning();

  /** Its callback has {@code fire} from now on. */
  void started(Fire fire);

  /** Its callback has finished. */
  void ended();

  /** Whether nothing of it is delivered now, or ever again. */
  boolean isSilent();

  /** Whether its result no longer matters: its action was removed, or has another callback. */
  boolean isUnneeded();

  /** Settles {@code fire}, which was attempted, with this outcome. */
  void settle(Fire fire, Outcome outcome);
}
