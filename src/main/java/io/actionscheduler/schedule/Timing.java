package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;

/**
 * When an action fires: its schedule, with the canonical text and the zone it was read from. Two
 * timings of the same text and zone are equal and share one place in the timetable.
 *
 * @param text the value of the {@code cron} column, JSON in canonical form (sorted keys, no spaces)
 * @param zone the zone in force, wherever it came from
 * @param jitter the longest delay of a fire behind its scheduled time; zero for none
 */
public record Timing(String text, ZoneId zone, Duration jitter, Schedule schedule) {
  public Timing {
    requireNonNull(text, "text is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(jitter, "jitter is null");
    requireNonNull(schedule, "schedule is null");
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("jitter " + jitter + " is negative");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timing that && text.equals(that.text) && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + zone.hashCode();
  }
}
