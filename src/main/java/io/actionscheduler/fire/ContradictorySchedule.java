package io.actionscheduler.fire;

import io.actionscheduler.schedule.Timing;
import java.time.Instant;

/**
 * A schedule gave answers that cannot all be true, none at all, or more times than anybody can keep
 * up with: nothing can be decided by it. A defect of the schedule, found while it is in use; the
 * message says what it answered.
 */
public final class ContradictorySchedule extends RuntimeException {
  public ContradictorySchedule(Timing timing, String fault) {
    super(text(timing, fault));
  }

  private ContradictorySchedule(String message) {
    super(message);
  }

  /** Two of its times are less than a second apart. */
  public static ContradictorySchedule tooOften(Timing timing, Instant one, Instant next) {
    return new ContradictorySchedule(
        named(timing)
            + " fires too often: at "
            + one
            + " and at "
            + next
            + ", less than a second apart");
  }

  public ContradictorySchedule(Timing timing, String fault, RuntimeException cause) {
    super(text(timing, fault), cause);
  }

  private static String text(Timing timing, String fault) {
    return named(timing) + " contradicts itself: " + fault;
  }

  private static String named(Timing timing) {
    return "cron " + timing.written() + " in " + timing.zone();
  }
}
