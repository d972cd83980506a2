package io.actionscheduler.engine.run;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;

/**
 * What takes its turn at a callback: the progress of an action, one fire that runs beside others of
 * its action, or a dead letter. Confined to the engine's thread.
 */
public interface Firing {
  /** The progress of the action that it belongs to; itself where it is that. */
  ActionProgress progress();

  /** What records name it by: its action, and the callback that its fires are meant for. */
  ProgressKey key();

  /** The name of the callback that it delivers to. */
  String callback();

  /** The fire that was attempted and is not settled, or null for none. */
  OpenFire open();

  /** The fire that was attempted stays unsettled. */
  void keepOpen(OpenFire open);

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

  /** Its callback has done what it could. */
  void ended();

  /** Whether nothing of it is to be delivered, now or any more. */
  boolean isSilent();

  /** Whether nobody needs to know what becomes of it: its action is gone, or goes elsewhere. */
  boolean isUnneeded();

  /** {@code fire}, which was attempted, has this outcome. */
  void settle(Fire fire, Outcome outcome);
}
