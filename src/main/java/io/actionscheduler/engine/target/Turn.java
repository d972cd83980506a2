package io.actionscheduler.engine.target;

/**
 * How many fires a callback may be handed now, and from which queue.
 *
 * @param most fires; 0 for none
 * @param late whether they are taken from the queue of late fires
 * @param probe whether it tests if an unavailable target is available again
 */
public record Turn(int most, boolean late, boolean probe) {
  static final Turn NONE = new Turn(0, false, false);

  /** Everything that is on time. */
  public static final Turn ALL_ON_TIME = new Turn(Integer.MAX_VALUE, false, false);

  /** Everything that is late. */
  public static final Turn ALL_LATE = new Turn(Integer.MAX_VALUE, true, false);

  public boolean isOver() {
    return most == 0;
  }
}
