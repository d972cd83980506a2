package io.actionscheduler.fire;

import io.actionscheduler.schedule.Timing;

/**
 * A schedule gave answers that cannot all be true, or failed, so nothing can be decided by it. This
 * is a defect of the schedule that shows while it is in use; the message says what it answered.
 */
public final class ContradictorySchedule extends RuntimeException {
  public ContradictorySchedule(Timing timing, String fault) {
    super(text(timing, fault));
  }

  public ContradictorySchedule(Timing timing, String fault, RuntimeException cause) {
    super(text(timing, fault), cause);
  }

  private static String text(Timing timing, String fault) {
    return "cron " + timing.text() + " in " + timing.zone() + " contradicts itself: " + fault;
  }
}
