package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.Due;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.MissedFires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to the fires of an outage: computed with the rule that decides in a real one.
 *
 * @param due fires scheduled in it
 * @param delivered when it ends
 * @param merged into those
 * @param expired and not delivered
 * @param actions those with a fire in it, most fires first
 */
public record OutageForecast(
    long due, long delivered, long merged, long expired, List<Share> actions) {

  /** What would happen to the fires of one action. */
  public record Share(Action action, long due, long delivered, long merged, long expired) {
    public Share {
      requireNonNull(action, "action is null");
    }
  }

  public OutageForecast {
    actions = List.copyOf(actions);
  }

  /**
   * Computes the forecast.
   *
   * @param catchUpMax missed fires of one action that are delivered at most; empty: no limit
   * @param from the first scheduled time that is missed
   * @param to when the scheduler runs again; later than {@code from}
   */
  public static OutageForecast of(
      Collection<Action> all, Optional<Long> catchUpMax, Instant from, Instant to) {
    MissedFires rule = new MissedFires(catchUpMax);
    List<Share> shares = new ArrayList<>();
    for (Action action : all) {
      if (action.policy().enabled()) {
        try {
          share(action, rule, from.minusNanos(1), to.minusNanos(1), to).ifPresent(shares::add);
        } catch (ContradictorySchedule e) {
          // such an action is rejected, and the others are shown
        }
      }
    }
    shares.sort(Comparator.comparingLong(Share::due).reversed());
    return new OutageForecast(
        shares.stream().mapToLong(Share::due).sum(),
        shares.stream().mapToLong(Share::delivered).sum(),
        shares.stream().mapToLong(Share::merged).sum(),
        shares.stream().mapToLong(Share::expired).sum(),
        shares);
  }

  /**
   * What would happen at {@code to} to the fires of {@code action} in ({@code before}, {@code
   * last}]; empty where there is none.
   *
   * @throws ContradictorySchedule when the schedule gives contradictory answers
   */
  static Optional<Share> share(
      Action action, MissedFires rule, Instant before, Instant last, Instant to) {
    long due = CheckedTimes.count(action.timing(), before, last);
    if (due == 0) {
      return Optional.empty();
    }
    Due first = rule.due(action, before, to);
    long expired = Math.min(due, first.expired().map(stretch -> stretch.count()).orElse(0L));
    // They may merge into a fire that is due at the end and on time, which is not one of these.
    long merged =
        first
            .fire()
            .map(Fire::missedCount)
            .map(missed -> Math.min(missed, due - expired))
            .orElse(0L);
    return Optional.of(
        new Share(action, due, Math.max(0, due - expired - merged), merged, expired));
  }
}
