package io.actionscheduler.fire;

/**
 * Called for every run that ended, in order, on the engine's thread. It has to return at once, and
 * leaves what takes time to a thread of its own.
 *
 * <p>A fire that failed permanently at a callback with a dead letter is told twice: {@link #failed}
 * when it failed, and {@link #handedOver} when its dead letter has ended, which may be much later.
 */
@FunctionalInterface
public interface RunListener {
  /** A run ended, with or without an attempt; it has no dead letter. */
  void ended(Run run);

  /** A fire failed permanently, and its dead letter waits; {@code run} is its last attempt. */
  default void failed(Run run) {}

  /**
   * A dead letter was taken, or will never be. {@code run} is the failed fire as the history has
   * it: its start is that of the delivery of the dead letter.
   */
  default void handedOver(Run run) {
    ended(run);
  }
}
