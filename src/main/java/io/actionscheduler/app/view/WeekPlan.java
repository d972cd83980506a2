package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.PlannedMinutes;
import io.actionscheduler.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
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
import java.util.function.BooleanSupplier;

/**
 * How many fires are planned in each minute of a week: seven days, each with as many minutes as it
 * has where clocks change.
 */
public final class WeekPlan {
  private static final int DAYS = 7;

  /** How long schedules that have to be walked through may take, all together. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Instant begin;
  private final long[] fires;
  private final long enabled;
  private final LeftOut leftOut;

  /**
   * What was not counted, as there was no time for it.
   *
   * @param actions that have these schedules
   */
  public record LeftOut(long schedules, long actions) {}

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

  private WeekPlan(Instant begin, long[] fires, long enabled, LeftOut leftOut) {
    this.begin = begin;
    this.fires = fires;
    this.enabled = enabled;
    this.leftOut = leftOut;
  }

  /**
   * The week, Monday to Sunday in {@code zone}, that {@code day} lies in. Takes some seconds at
   * most, and leaves out what takes longer.
   *
   * @param actions in force; those that are disabled do not count
   */
  public static WeekPlan of(Collection<Action> actions, LocalDate day, ZoneId zone) {
    return from(actions, monday(day), zone);
  }

  /** The seven days from {@code first} on; see {@link #of}. */
  public static WeekPlan from(Collection<Action> actions, LocalDate first, ZoneId zone) {
    return planned(sharing(actions), first, zone, late());
  }

  /** The seven days from {@code first} on, of schedules that belong to no action. */
  public static WeekPlan ofSchedules(Collection<Timing> timings, LocalDate first, ZoneId zone) {
    Map<Timing, Integer> sharing = new HashMap<>();
    timings.forEach(timing -> sharing.merge(timing, 1, Integer::sum));
    return planned(sharing, first, zone, late());
  }

  /**
   * As {@link #of(Collection, LocalDate, ZoneId)}.
   *
   * @param isLate whether the remaining schedules that take long are to be left out
   */
  static WeekPlan of(
      Collection<Action> actions, LocalDate day, ZoneId zone, BooleanSupplier isLate) {
    return planned(sharing(actions), monday(day), zone, isLate);
  }

  private static BooleanSupplier late() {
    long begun = System.nanoTime();
    return () -> System.nanoTime() - begun > LONGEST.toNanos();
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static Map<Timing, Integer> sharing(Collection<Action> actions) {
    Map<Timing, Integer> sharing = new HashMap<>();
    for (Action action : actions) {
      if (action.policy().enabled()) {
        sharing.merge(action.timing(), 1, Integer::sum);
      }
    }
    return sharing;
  }

  private static WeekPlan planned(
      Map<Timing, Integer> sharing, LocalDate first, ZoneId zone, BooleanSupplier isLate) {
    Instant begin = first.atStartOfDay(zone).toInstant();
    Instant end = first.plusDays(DAYS).atStartOfDay(zone).toInstant();
    long enabled = sharing.values().stream().mapToLong(Integer::longValue).sum();
    PlannedMinutes minutes =
        new PlannedMinutes(begin, (int) ChronoUnit.MINUTES.between(begin, end));
    Map<Timing, Integer> slow = new HashMap<>();
    sharing.forEach(
        (timing, count) -> {
          if (!minutes.addQuickly(timing.schedule(), count)) {
            slow.put(timing, count);
          }
        });
    LeftOut leftOut = addSlow(slow, minutes, isLate);
    return new WeekPlan(begin, minutes.fires(), enabled, leftOut);
  }

  /** Those that most actions share first, so that as few as possible are left out. */
  private static LeftOut addSlow(
      Map<Timing, Integer> slow, PlannedMinutes minutes, BooleanSupplier isLate) {
    List<Map.Entry<Timing, Integer>> order = new ArrayList<>(slow.entrySet());
    order.sort(Map.Entry.<Timing, Integer>comparingByValue().reversed());
    int next = 0;
    while (next < order.size() && !isLate.getAsBoolean()) {
      minutes.add(order.get(next).getKey().schedule(), order.get(next).getValue());
      next++;
    }
    List<Map.Entry<Timing, Integer>> rest = order.subList(next, order.size());
    return new LeftOut(rest.size(), rest.stream().mapToLong(Map.Entry::getValue).sum());
  }

  public Instant begin() {
    return begin;
  }

  /** The fires of each minute, from the first of the first day on. */
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

  /** How many actions are enabled: all that count, and those that are left out. */
  public long enabled() {
    return enabled;
  }

  /** What is not in the counts of the minutes. */
  public LeftOut leftOut() {
    return leftOut;
  }
}
