package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.fire.CheckedTimes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An action and its next scheduled time. */
public record Upcoming(Action action, Instant nextAt) {
  /** The most actions of one schedule that are sorted by id; of more, any are given. */
  private static final int SORTED = 1_000;

  /** The actions that fire next, soonest first, {@code most} at most. */
  static List<Upcoming> of(
      Timetable<ActionProgress> timetable, CalendarsInForce calendars, int most) {
    Map<ActionId, Upcoming> found = new HashMap<>();
    int[] certain = {0}; // those that fire no later than any that was not examined
    timetable.soonest(
        Math.max(most, SORTED),
        (at, entries) -> {
          for (ActionProgress progress : entries) {
            Upcoming next = of(progress, calendars, at).orElse(null);
            if (next != null && found.putIfAbsent(next.action().id(), next) == null) {
              certain[0] += next.nextAt().equals(at) ? 1 : 0;
            }
          }
          return certain[0] < most;
        });
    return found.values().stream()
        .sorted(Comparator.comparing(Upcoming::nextAt).thenComparing(one -> one.action().id()))
        .limit(most)
        .toList();
  }

  /**
   * After the clock was set back, nothing fires before the progress is passed; and what is excluded
   * does not fire.
   */
  private static Optional<Upcoming> of(
      ActionProgress progress, CalendarsInForce calendars, Instant at) {
    Instant settled = progress.settledUntil();
    Instant after = settled.isBefore(at) ? at.minusNanos(1) : settled;
    return CheckedTimes.next(calendars.kept(progress.action(), after).timing(), after)
        .map(next -> new Upcoming(progress.action(), next));
  }
}
