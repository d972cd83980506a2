package io.actionscheduler.engine.target;

/**
 * What a callback may be handed now.
 *
 * @param most fires; 0 for none
 * @param late whether they come from what is late
 * @param probe whether it is to find out if a target that is unavailable is available again
 */
public record Turn(int most, boolean late, boolean probe) {
  static final Turn NONE = new Turn(0, false, false);

  public boolean isOver() {
    return most == 0;
  }
}
