package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one rule for due and missed fires. It does not matter why they were missed: downtime, a
 * sleeping machine, an unavailable target, an overloaded process; nor whether fires of the action
 * overlap. Its work does not grow with the missed time. Every method throws {@link
 * ContradictorySchedule} when the schedule gives contradictory answers.
 */
public final class MissedFires {
  /** A fire that starts this soon after being due is on time. */
  public static final Duration ON_TIME = Duration.ofSeconds(1);

  // More than any schedule has: all of them have a whole number of seconds between their times.
  private static final int MOST_ON_TIME = 10_000;

  /** Whether a fire may start. */
  public enum Readiness {
    /** It is due later because of its jitter. */
    NOT_DUE,
    ON_TIME,
    /** It could not start within a second of being due. */
    MISSED
  }

  private final Optional<Long> catchUpMax;
  private final Expiry expiry;

  /**
   * @param catchUpMax missed fires of one action that are delivered at most, the older ones expire;
   *     empty: no limit
   */
  public MissedFires(Optional<Long> catchUpMax) {
    this.catchUpMax = requireNonNull(catchUpMax, "catchUpMax is null");
    this.expiry = new Expiry(catchUpMax);
  }

  /** Whether a fire that is due at {@code dueAt} may start at {@code now}. */
  public static Readiness readiness(Instant dueAt, Instant now) {
    if (dueAt.isAfter(now)) {
      return Readiness.NOT_DUE;
    }
    return isLonger(dueAt, now) ? Readiness.MISSED : Readiness.ON_TIME;
  }

  /**
   * Whether more than {@link #ON_TIME} lies between them: asked for each fire, it makes nothing.
   */
  private static boolean isLonger(Instant dueAt, Instant now) {
    long seconds = now.getEpochSecond() - dueAt.getEpochSecond() - ON_TIME.getSeconds();
    return seconds > 0 || seconds == 0 && now.getNano() > dueAt.getNano();
  }

  /**
   * Whether a fire may start while others of its action are unsettled: only where they may overlap,
   * and of missed ones only as many at a time as {@code catchUpMax} and the callback allow.
   *
   * @param unsettled fires of the action that are under way or in retry
   * @param unsettledMissed those of them that were missed
   * @param concurrency calls that the callback takes at a time
   */
  public boolean mayStart(
      Overlap overlap, boolean missed, int unsettled, int unsettledMissed, int concurrency) {
    return unsettled == 0
        || overlap == Overlap.ALLOW
            && (!missed
                || unsettled < concurrency
                    && catchUpMax.map(most -> unsettledMissed < most).orElse(true));
  }

  /** What has to be done at {@code now}, when no fire of {@code action} is unsettled. */
  public Due due(Action action, Instant settledUntil, Instant now) {
    return due(action, settledUntil, 0, now);
  }

  /**
   * What is to be done at {@code now} with the next fires, of which an operator may hold some:
   * those wait, but for what was decided of them.
   *
   * @param next the first scheduled time that has not started; empty: there is none
   * @param unsettledMissed as in {@link #due(Action, Instant, int, Instant)}
   */
  public Due due(
      Action action,
      Optional<Instant> next,
      int unsettledMissed,
      HeldBacklog backlog,
      Instant now) {
    Instant first = next.orElse(null);
    if (first == null || first.isAfter(now)) {
      return Due.NOTHING;
    }
    HeldBacklog.Part part = backlog.parts().isEmpty() ? null : backlog.partOf(first).orElse(null);
    if (part == null || part.decision().filter(BacklogDecision.RULE::equals).isPresent()) {
      return byRule(action, first, unsettledMissed, now);
    }
    if (part.decision().isEmpty()
        || readiness(Jitter.due(action, first), now) == Readiness.NOT_DUE) {
      return Due.NOTHING; // it is held; or the clock was set back before it
    }
    return switch (part.decision().get()) {
      case DROP, RULE -> Due.NOTHING; // what is dropped never starts
      case DELIVER -> deliver(Optional.empty(), action, first, Cause.CATCH_UP, Optional.empty());
      case MERGE -> {
        Instant last = CheckedTimes.last(action.timing(), first, Moments.earlier(part.upTo(), now));
        yield deliver(
            Optional.empty(),
            action,
            last,
            Cause.CATCH_UP,
            stretchBefore(action.timing(), first, last));
      }
    };
  }

  /**
   * The fires after {@code settledUntil} that are missed at {@code now}, whatever becomes of them.
   */
  public static Optional<Stretch> missed(Action action, Instant settledUntil, Instant now) {
    Instant first = CheckedTimes.next(action.timing(), settledUntil).orElse(null);
    if (first == null || !isMissed(action, first, now)) {
      return Optional.empty();
    }
    return CheckedTimes.stretch(action.timing(), settledUntil, latest(action, first, now).missed());
  }

  /**
   * What has to be done at {@code now} with the fires scheduled after {@code after}.
   *
   * @param unsettledMissed missed fires up to {@code after} that are under way or in retry: where
   *     fires may overlap, they count towards {@code catchUpMax}
   */
  public Due due(Action action, Instant after, int unsettledMissed, Instant now) {
    return due(
        action, CheckedTimes.next(action.timing(), after), unsettledMissed, HeldBacklog.NONE, now);
  }

  private Due byRule(Action action, Instant first, int unsettledMissed, Instant now) {
    return switch (readiness(Jitter.due(action, first), now)) {
      case NOT_DUE -> Due.NOTHING;
      case ON_TIME -> deliver(Optional.empty(), action, first, Cause.SCHEDULE, Optional.empty());
      case MISSED -> missed(action, first, unsettledMissed, now);
    };
  }

  /**
   * How many fires after {@code settledUntil} would be delivered late at {@code now}: one at most
   * where they merge.
   */
  public long backlog(Action action, Instant settledUntil, Instant now) {
    Due due = due(action, settledUntil, 0, now);
    if (due.fire().isEmpty() || due.fire().get().cause() != Cause.CATCH_UP) {
      return 0;
    }
    return action.policy().missed().merge()
        ? 1
        : CheckedTimes.count(
            action.timing(), before(due.fire().get().scheduledAt()), now.minus(ON_TIME));
  }

  private Due missed(Action action, Instant first, int unsettledMissed, Instant now) {
    Timing timing = action.timing();
    Latest latest = latest(action, first, now);
    Instant onTime = latest.onTime();
    Instant last = latest.missed();
    Optional<Stretch> expired = expiry.expired(action, first, last, unsettledMissed, now);
    Instant actual =
        expired.isEmpty()
            ? first
            : CheckedTimes.next(timing, expired.get().last()).orElse(Instant.MAX);
    if (actual.isAfter(last)) {
      return onTime == null
          ? new Due(expired, Optional.empty())
          : deliver(expired, action, onTime, Cause.SCHEDULE, Optional.empty());
    }
    if (!action.policy().missed().merge()) {
      return deliver(expired, action, actual, Cause.CATCH_UP, Optional.empty());
    }
    return onTime == null
        ? deliver(expired, action, last, Cause.CATCH_UP, stretchBefore(timing, actual, last))
        : deliver(expired, action, onTime, Cause.SCHEDULE, stretchBefore(timing, actual, onTime));
  }

  /**
   * Where the missed fires of an action end.
   *
   * @param onTime the first that is due and not missed, or null
   */
  private record Latest(Instant missed, Instant onTime) {}

  private static Latest latest(Action action, Instant first, Instant now) {
    Timing timing = action.timing();
    Instant onTime = null;
    Instant last = latestDue(action, first, now);
    for (int i = 0; !isMissed(action, last, now); i++) { // ends at first, which is missed
      if (i == MOST_ON_TIME) {
        throw new ContradictorySchedule(
            timing, "it has more than " + MOST_ON_TIME + " times in the second before " + now);
      }
      onTime = last;
      last = CheckedTimes.last(timing, first, before(last));
    }
    return new Latest(last, onTime);
  }

  /** The last time from {@code first}, which is due, that is due at {@code now}. */
  private static Instant latestDue(Action action, Instant first, Instant now) {
    Instant last = CheckedTimes.last(action.timing(), first, now);
    return Jitter.due(action, last).isAfter(now)
        ? CheckedTimes.last(action.timing(), first, before(last))
        : last;
  }

  private static Optional<Stretch> stretchBefore(Timing timing, Instant first, Instant end) {
    return CheckedTimes.stretch(timing, before(first), before(end));
  }

  private static Due deliver(
      Optional<Stretch> expired,
      Action action,
      Instant scheduledAt,
      Cause cause,
      Optional<Stretch> merged) {
    return new Due(expired, Optional.of(new Fire(action, scheduledAt, cause, merged, "")));
  }

  private static boolean isMissed(Action action, Instant scheduledAt, Instant now) {
    return readiness(Jitter.due(action, scheduledAt), now) == Readiness.MISSED;
  }

  /**
   * With {@code overlap: skip}, the fires after {@code settledUntil} that fell due while the one
   * before them ran, from {@code startedAt} to {@code now}; empty also when older missed fires come
   * first.
   */
  public static Optional<Stretch> overrun(
      Action action, Instant settledUntil, Instant startedAt, Instant now) {
    Instant first = CheckedTimes.next(action.timing(), settledUntil).orElse(null);
    if (first == null
        || first.isBefore(startedAt)
        || !first.isBefore(now) // the clock may have been set back meanwhile
        || !Jitter.due(action, first).isBefore(now)) {
      return Optional.empty();
    }
    return CheckedTimes.stretch(
        action.timing(), settledUntil, latestDue(action, first, before(now)));
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

  static Instant before(Instant instant) {
    return instant.minusNanos(1);
  }
}
