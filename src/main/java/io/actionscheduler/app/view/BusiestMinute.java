package io.actionscheduler.app.view;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The minute in which most fires are scheduled.
 *
 * @param begin of the minute
 * @param fires scheduled in it, those of disabled actions not among them; 1 or more
 * @param looked the time that was examined: a day, or less if there are many schedules
 */
public record BusiestMinute(Instant begin, long fires, Duration looked) {
  private static final int DAY = 24 * 60;
  private static final int LEAST = 10;

  /**
   * The most minutes that are examined, those of all schedules counted together: some 100 ms of
   * work.
   */
  private static final int EFFORT = 400_000;

  /**
   * The busiest minute of {@code actions} after {@code now}; empty when nothing fires in the
   * examined time.
   */
  public static Optional<BusiestMinute> of(Collection<Action> actions, Instant now) {
    Map<Timing, Integer> sharing = new HashMap<>();
    for (Action action : actions) {
      if (action.policy().enabled()) {
        sharing.merge(action.timing(), 1, Integer::sum);
      }
    }
    int minutes = Math.max(LEAST, Math.min(DAY, EFFORT / Math.max(1, sharing.size())));
    Instant begin = now.truncatedTo(ChronoUnit.MINUTES);
    long[] fires = new long[minutes];
    sharing.forEach((timing, count) -> add(timing.schedule(), count, now, begin, fires));
    int most = 0;
    for (int minute = 1; minute < minutes; minute++) {
      most = fires[minute] > fires[most] ? minute : most;
    }
    return fires[most] == 0
        ? Optional.empty()
        : Optional.of(
            new BusiestMinute(
                begin.plus(most, ChronoUnit.MINUTES), fires[most], Duration.ofMinutes(minutes)));
  }

  private static void add(
      Schedule schedule, int sharing, Instant now, Instant begin, long[] fires) {
    Optional<Instant> next = schedule.next(now);
    while (next.isPresent()) {
      long minute = ChronoUnit.MINUTES.between(begin, next.get());
      if (minute >= fires.length) {
        return;
      }
      Instant last = begin.plus(minute + 1, ChronoUnit.MINUTES).minusNanos(1);
      fires[(int) minute] += sharing * (1 + schedule.count(next.get(), last));
      next = schedule.next(last);
    }
  }
}
