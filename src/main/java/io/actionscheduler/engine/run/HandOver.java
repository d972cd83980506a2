package io.actionscheduler.engine.run;

import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;

/**
 * A dead letter on its way to the callback for such fires. Progress has passed it: whatever becomes
 * of it, its action goes on.
 */
final class HandOver extends SingleFire {
  private final ProgressKey key;
  private final String callback;
  private boolean told;

  /**
   * @param progress of its action, at whichever callback: it has the values that it is handed over
   *     with
   * @param callback takes what failed for good
   */
  HandOver(ActionProgress progress, DeadLetter letter, String callback) {
    super(progress);
    this.key = letter.key();
    this.callback = callback;
    keepOpen(letter.fire());
  }

  /** Whether nobody was told yet that it waits for an unavailable target; they are from now on. */
  boolean isToBeTold() {
    boolean first = !told;
    told = true;
    return first;
  }

  DeadLetter letter() {
    return new DeadLetter(key, open());
  }

  @Override
  public ProgressKey key() {
    return key;
  }

  @Override
  public String callback() {
    return callback;
  }

  @Override
  public boolean isSilent() {
    return isFinished();
  }

  @Override
  public boolean isUnneeded() {
    return false;
  }

  @Override
  public void settle(Fire fire, Outcome outcome) {
    finish();
  }
}
