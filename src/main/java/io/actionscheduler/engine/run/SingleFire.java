package io.actionscheduler.engine.run;

import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;

/** One fire that is delivered independently of the progress of its action. */
abstract class SingleFire implements Firing {
  private final ActionProgress progress;
  private OpenFire open; // null while it is attempted for the first time
  private boolean queued;
  private boolean running;
  private boolean over;

  SingleFire(ActionProgress progress) {
    this.progress = progress;
  }

  @Override
  public final ActionProgress progress() {
    return progress;
  }

  @Override
  public final OpenFire open() {
    return open;
  }

  @Override
  public final void keepOpen(OpenFire open) {
    this.open = open;
  }

  @Override
  public final boolean isQueued() {
    return queued;
  }

  @Override
  public final void enqueued() {
    queued = true;
  }

  @Override
  public final void dequeued() {
    queued = false;
  }

  @Override
  public final boolean isRunning() {
    return running;
  }

  @Override
  public final void started(Fire fire) {
    running = true;
  }

  @Override
  public final void ended() {
    running = false;
  }

  /** Nothing of it is delivered from now on. */
  final void finish() {
    over = true;
  }

  final boolean isFinished() {
    return over;
  }
}
