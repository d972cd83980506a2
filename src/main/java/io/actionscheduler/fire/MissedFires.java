package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one rule for what is due and what was missed, whatever the reason: downtime, a slept machine,
 * a target that was away, an overloaded process. Its work does not grow with the time missed.
 */
public final class MissedFires {
  /** A fire that starts this soon after being due is on time. */
  public static final Duration ON_TIME = Duration.ofSeconds(1);

  private final Optional<Long> catchUpMax;

  /**
   * @param catchUpMax missed fires of one action that are delivered at most, the older ones expire;
   *     empty: no limit
   */
  public MissedFires(Optional<Long> catchUpMax) {
    this.catchUpMax = requireNonNull(catchUpMax, "catchUpMax is null");
  }

  /** What is to be done at {@code now} with the fires scheduled after {@code settledUntil}. */
  public Due due(Action action, Instant settledUntil, Instant now) {
    Schedule schedule = action.timing().schedule();
    Instant first = schedule.next(settledUntil).orElse(null);
    if (first == null || first.isAfter(now)) {
      return Due.NOTHING;
    }
    Instant dueAt = Jitter.due(action, first);
    if (dueAt.isAfter(now)) {
      return Due.NOTHING;
    }
    if (!isMissed(dueAt, now)) {
      return deliver(Optional.empty(), action, first, Cause.SCHEDULE, Optional.empty());
    }
    return missed(action, first, now);
  }

  /**
   * How many fires after {@code settledUntil} would be delivered late at {@code now}: one at most
   * where they merge.
   */
  public long backlog(Action action, Instant settledUntil, Instant now) {
    Due due = due(action, settledUntil, now);
    if (due.fire().isEmpty() || due.fire().get().cause() != Cause.CATCH_UP) {
      return 0;
    }
    return action.policy().missed().merge()
        ? 1
        : action
            .timing()
            .schedule()
            .count(before(due.fire().get().scheduledAt()), now.minus(ON_TIME));
  }

  private Due missed(Action action, Instant first, Instant now) {
    Schedule schedule = action.timing().schedule();
    Instant onTime = null;
    Instant last = latestDue(action, now);
    while (!last.isBefore(first) && !isMissed(Jitter.due(action, last), now)) {
      onTime = last;
      last = schedule.previous(before(last)).orElseThrow(); // ends at first, which is missed
    }
    Optional<Stretch> expired = expired(action, first, last, now);
    Instant actual =
        expired.isEmpty() ? first : schedule.next(expired.get().last()).orElse(Instant.MAX);
    if (actual.isAfter(last)) {
      return onTime == null
          ? new Due(expired, Optional.empty())
          : deliver(expired, action, onTime, Cause.SCHEDULE, Optional.empty());
    }
    if (!action.policy().missed().merge()) {
      return deliver(expired, action, actual, Cause.CATCH_UP, Optional.empty());
    }
    return onTime == null
        ? deliver(expired, action, last, Cause.CATCH_UP, stretchBefore(schedule, actual, last))
        : deliver(expired, action, onTime, Cause.SCHEDULE, stretchBefore(schedule, actual, onTime));
  }

  /** The part of {@code first} to {@code last}, all missed, that is too old at {@code now}. */
  private Optional<Stretch> expired(Action action, Instant first, Instant last, Instant now) {
    Schedule schedule = action.timing().schedule();
    MissedPolicy policy = action.policy().missed();
    Instant until = Instant.MIN;
    if (policy.actuality().isPresent()) {
      Instant oldest = now.minus(policy.actuality().get()); // as old as actuality is not yet older
      until = schedule.previous(earlier(before(oldest), last)).orElse(Instant.MIN);
    }
    if (catchUpMax.isPresent() && !policy.merge()) {
      Instant from = until.isBefore(first) ? before(first) : until;
      long surplus = schedule.count(from, last) - catchUpMax.get();
      if (surplus > 0) {
        until = nth(schedule, from, last, surplus);
      }
    }
    return until.isBefore(first)
        ? Optional.empty()
        : Optional.of(new Stretch(first, until, schedule.count(before(first), until)));
  }

  /**
   * The fire time number {@code n} (from 1) after {@code from}: found by halving, not by walking.
   */
  private static Instant nth(Schedule schedule, Instant from, Instant last, long n) {
    long low = from.getEpochSecond();
    long high = last.getEpochSecond() + 1;
    while (low < high) { // the least whole second up to which there are n fires
      long middle = low + (high - low) / 2;
      if (schedule.count(from, Instant.ofEpochSecond(middle)) >= n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return schedule.previous(earlier(Instant.ofEpochSecond(low), last)).orElseThrow();
  }

  private static Instant latestDue(Action action, Instant now) {
    Schedule schedule = action.timing().schedule();
    Instant last = schedule.previous(now).orElseThrow();
    return Jitter.due(action, last).isAfter(now)
        ? schedule.previous(before(last)).orElseThrow()
        : last;
  }

  private static Optional<Stretch> stretchBefore(Schedule schedule, Instant first, Instant end) {
    return Stretch.of(schedule, before(first), before(end));
  }

  private static Due deliver(
      Optional<Stretch> expired,
      Action action,
      Instant scheduledAt,
      Cause cause,
      Optional<Stretch> merged) {
    return new Due(expired, Optional.of(new Fire(action, scheduledAt, cause, merged, "")));
  }

  /** Whether a fire due at {@code dueAt} that starts at {@code now} is too late to be on time. */
  public static boolean isMissed(Instant dueAt, Instant now) {
    return dueAt.plus(ON_TIME).isBefore(now);
  }

  /**
   * The fires after {@code settledUntil} that fell due while the one before them ran, from {@code
   * startedAt} to {@code now}; empty, too, where an older backlog comes first.
   */
  public static Optional<Stretch> overrun(
      Action action, Instant settledUntil, Instant startedAt, Instant now) {
    Schedule schedule = action.timing().schedule();
    return schedule
        .next(settledUntil)
        .filter(first -> !first.isBefore(startedAt))
        .filter(first -> first.isBefore(now)) // the clock may have been set back meanwhile
        .flatMap(first -> Stretch.of(schedule, settledUntil, latestDue(action, before(now))));
  }

  /** Whether a missed fire is older at {@code now} than its action lets it be. */
  public static boolean isTooOld(Action action, Instant scheduledAt, Instant now) {
    return action
        .policy()
        .missed()
        .actuality()
        .map(actuality -> scheduledAt.plus(actuality).isBefore(now))
        .orElse(false);
  }

  private static Instant before(Instant instant) {
    return instant.minusNanos(1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
