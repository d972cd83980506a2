package io.actionscheduler.app.manual;

/** Bounds what is under way at a callback, beside what the schedules fire there. */
@FunctionalInterface
public interface Places {
  /** For a command: what it fires is no concern of the scheduler that may run beside it. */
  Places UNBOUNDED = callback -> () -> {};

  /**
   * Waits for a place at {@code callback}.
   *
   * @return gives it back
   */
  Runnable take(String callback) throws InterruptedException;
}
