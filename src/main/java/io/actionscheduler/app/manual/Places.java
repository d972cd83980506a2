package io.actionscheduler.app.manual;

/** Limits the fires by hand that run at a callback beside those of the schedules. */
@FunctionalInterface
public interface Places {
  /**
   * For a command: its fires do not count against the limits of a scheduler that may run beside it.
   */
  Places UNBOUNDED = callback -> () -> {};

  /**
   * Waits for a place at {@code callback}.
   *
   * @return to be run to give the place back
   * @throws InterruptedException when the calling thread is interrupted; it has no place then
   */
  Runnable take(String callback) throws InterruptedException;
}
