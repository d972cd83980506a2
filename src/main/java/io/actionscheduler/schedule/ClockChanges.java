package io.actionscheduler.schedule;

/** What a schedule of local times does when the clock of its zone skips or repeats some of them. */
public enum ClockChanges {
  /** Fires whenever the clock shows the time: not at skipped times, twice at repeated ones. */
  FOLLOW,
  /**
   * Fires once at each time of the day: skipped ones together after the gap, repeated ones once.
   */
  ONCE,
  /** Like Quartz: skipped times do not fire, repeated ones only the second time. */
  SECOND_PASS;

  /** {@code schedule} with this rule; unchanged where it has no local times. */
  public Schedule applyTo(Schedule schedule) {
    return schedule instanceof CronSchedule cron ? cron.with(this) : schedule;
  }
}
