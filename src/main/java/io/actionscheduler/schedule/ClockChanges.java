package io.actionscheduler.schedule;

/** What a schedule of local times does where the clock of its zone skips or repeats some. */
public enum ClockChanges {
  /** It fires when the clock shows the time: not at skipped times, twice at repeated ones. */
  FOLLOW,
  /** It means a time of the day: skipped ones fire together behind the gap, repeated ones once. */
  ONCE,
  /** As Quartz: skipped times do not fire, repeated ones fire the second time alone. */
  SECOND_PASS;

  /** The same local times as {@code schedule} has, with this rule; itself where it has none. */
  public Schedule applyTo(Schedule schedule) {
    return schedule instanceof CronSchedule cron ? cron.with(this) : schedule;
  }
}
