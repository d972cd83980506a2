package io.actionscheduler.engine.run;

import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import java.time.Instant;

/** A fire that runs at the same time as the one before it, with {@code overlap: allow}. */
final class FireBeside extends SingleFire {
  private final Instant scheduledAt;
  private final boolean missed;

  FireBeside(ActionProgress progress, Instant scheduledAt, boolean missed) {
    super(progress);
    this.scheduledAt = scheduledAt;
    this.missed = missed;
  }

  static FireBeside of(ActionProgress progress, Fire fire) {
    return new FireBeside(progress, fire.scheduledAt(), fire.cause() == Cause.CATCH_UP);
  }

  Instant scheduledAt() {
    return scheduledAt;
  }

  boolean isMissed() {
    return missed;
  }

  @Override
  public ProgressKey key() {
    return progress().key();
  }

  @Override
  public String callback() {
    return progress().callback();
  }

  @Override
  public boolean isSilent() {
    return isFinished() || progress().isSilent();
  }

  @Override
  public boolean isUnneeded() {
    return progress().isRetired();
  }

  /** Progress moves past this fire once all fires before it are settled. */
  @Override
  public void settle(Fire fire, Outcome outcome) {
    finish();
    progress().settleBeside(fire, outcome);
  }
}
