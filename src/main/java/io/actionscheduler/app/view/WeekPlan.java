package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many fires are planned in each minute of a week: seven days, each with as many minutes as it
 * has where clocks change.
 */
public final class WeekPlan {
  private static final int DAYS = 7;

  private final Instant begin;
  private final long[] fires;
  private final Map<Timing, Integer> sharing = new HashMap<>();
  private final Collection<Action> actions;

  /**
   * A minute.
   *
   * @param fires planned in it
   */
  public record Minute(Instant begin, long fires) {
    public Minute {
      requireNonNull(begin, "begin is null");
    }
  }

  /** An action with the number of its fires in a minute. */
  public record Share(Action action, long fires) {
    public Share {
      requireNonNull(action, "action is null");
    }
  }

  private WeekPlan(Collection<Action> actions, Instant begin, Instant end) {
    this.actions = actions;
    this.begin = begin;
    this.fires = new long[(int) ChronoUnit.MINUTES.between(begin, end)];
  }

  /**
   * The week, Monday to Sunday in {@code zone}, that {@code day} lies in.
   *
   * @param actions in force; those that are disabled do not count
   */
  public static WeekPlan of(Collection<Action> actions, LocalDate day, ZoneId zone) {
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    WeekPlan plan =
        new WeekPlan(
            actions,
            monday.atStartOfDay(zone).toInstant(),
            monday.plusDays(DAYS).atStartOfDay(zone).toInstant());
    for (Action action : actions) {
      if (action.policy().enabled()) {
        plan.sharing.merge(action.timing(), 1, Integer::sum);
      }
    }
    plan.sharing.forEach(
        (timing, count) -> timing.schedule().addMinutes(plan.begin, count, plan.fires));
    return plan;
  }

  public Instant begin() {
    return begin;
  }

  /** The fires of each minute, from the first of Monday on. */
  public long[] fires() {
    return fires.clone();
  }

  /** The busiest minutes, the busiest first, the earlier first among equals; without empty ones. */
  public List<Minute> busiest(int most) {
    List<Minute> minutes = new ArrayList<>();
    for (int i = 0; i < fires.length; i++) {
      if (fires[i] > 0) {
        minutes.add(new Minute(begin.plus(i, ChronoUnit.MINUTES), fires[i]));
      }
    }
    minutes.sort(Comparator.comparingLong(Minute::fires).reversed());
    return List.copyOf(minutes.subList(0, Math.min(most, minutes.size())));
  }

  /** The actions that fire in the minute that begins at {@code at}; at most {@code most}. */
  public static List<Share> during(Collection<Action> actions, Instant at, int most) {
    Instant from = at.minusNanos(1);
    Instant last = at.plus(1, ChronoUnit.MINUTES).minusNanos(1);
    Map<Timing, Long> counts = new HashMap<>();
    List<Share> shares = new ArrayList<>();
    for (Action action : actions) {
      if (!action.policy().enabled()) {
        continue;
      }
      long count =
          counts.computeIfAbsent(action.timing(), timing -> timing.schedule().count(from, last));
      if (count > 0) {
        shares.add(new Share(action, count));
      }
    }
    shares.sort(Comparator.comparingLong(Share::fires).reversed());
    return List.copyOf(shares.subList(0, Math.min(most, shares.size())));
  }

  /** The number of actions, without those that are disabled. */
  public long enabled() {
    return actions.stream().filter(action -> action.policy().enabled()).count();
  }
}
