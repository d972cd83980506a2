package io.actionscheduler.engine.run;

import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;

/**
 * A dead letter on its way to the dead-letter callback. The progress of its action has passed it,
 * so the action fires on, whatever happens to the letter.
 */
final class HandOver extends SingleFire {
  private final ProgressKey key;
  private final String callback;
  private boolean told;

  /**
   * @param progress of its action at any callback: provides the action's current values
   * @param callback name of the dead-letter callback
   */
  HandOver(ActionProgress progress, DeadLetter letter, String callback) {
    super(progress);
    this.key = letter.key();
    this.callback = callback;
    keepOpen(letter.fire());
  }

  /**
   * Whether it was not yet logged that it waits for an unavailable target; counts as logged from
   * now on.
   */
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
