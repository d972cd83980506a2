package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * A rule of local times as other packages read it from formats of their own: each of {@code times}
 * on each of {@code days} of these months and years.
 *
 * @param months bit 0 is January; at least one
 * @param changes what it does where the clock changes
 */
public record CalendarRule(
    Years years, int months, MonthDays days, TimeSet times, ClockChanges changes) {
  /**
   * @throws IllegalArgumentException when no bit of {@code months} is set
   */
  public CalendarRule {
    requireNonNull(years, "years is null");
    requireNonNull(days, "days is null");
    requireNonNull(times, "times is null");
    requireNonNull(changes, "changes is null");
    if (months == 0) {
      throw new IllegalArgumentException("no month");
    }
  }

  /** Its fire times by the clock of {@code zone}. */
  public Schedule in(ZoneId zone) {
    return in(new ZoneTable(zone));
  }

  CronSchedule in(ZoneTable zone) {
    DateRule dates = new DateRule(years, months, DateRule.EVERY_WEEK, days, DaySet.ALL, false);
    return new CronSchedule(dates, times, zone, changes, Bounds.NONE);
  }
}
