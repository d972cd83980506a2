package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many fires of many schedules fall into each minute of a period. For one thread. */
public final class PlannedMinutes {
  private final Instant begin;
  private final long[] fires;
  private final Map<Long, IntervalHerd> intervals = new HashMap<>(); // by their length

  /**
   * @param begin the beginning of a minute
   * @param minutes the length of the period
   */
  public PlannedMinutes(Instant begin, int minutes) {
    this.begin = requireNonNull(begin, "begin is null");
    this.fires = new long[minutes];
  }

  /**
   * Adds the fires of {@code schedule} if that is quick: some microseconds for each minute that has
   * any, or less.
   *
   * @param times how often each fire counts
   * @return false where it has to be walked through; nothing is added then
   */
  public boolean addQuickly(Schedule schedule, int times) {
    if (schedule instanceof Interval interval) {
      long first = Micros.of(begin);
      if (interval.last() < first + fires.length * IntervalHerd.MINUTE) {
        return interval.last() < first; // else it ends among these minutes
      }
      intervals.computeIfAbsent(interval.every(), IntervalHerd::new).add(interval, times);
      return true;
    }
    if (schedule instanceof CronSchedule || schedule instanceof Once) {
      schedule.addMinutes(begin, times, fires);
      return true;
    }
    return false;
  }

  /** As {@link #addQuickly}, for any schedule, however long it takes. */
  public void add(Schedule schedule, int times) {
    if (!addQuickly(schedule, times)) {
      schedule.addMinutes(begin, times, fires);
    }
  }

  /** The fires of each minute. */
  public long[] fires() {
    long[] all = fires.clone();
    intervals.values().forEach(herd -> herd.addTo(Micros.of(begin), all));
    return all;
  }
}
