package io.actionscheduler.calendar;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Windows;
import java.time.ZoneId;

/**
 * Hours in which nothing is delivered.
 *
 * @param mode what becomes of the fires whose scheduled time lies in them
 */
public record Blackout(WeeklyHours hours, ZoneId zone, Mode mode) {
  /** What becomes of a fire. */
  public enum Mode {
    /** It is delivered after the blackout, by its action's rule for missed fires. */
    HOLD,
    /** It is left out. */
    SKIP
  }

  public Blackout {
    requireNonNull(hours, "hours is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(mode, "mode is null");
  }

  Windows windows() {
    return hours.in(zone);
  }
}
