package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.Optional;

/**
 * Which missed fires expire: those older than their action lets them be, and the oldest of those
 * that are more than {@code catch_up_max} allows.
 *
 * @param catchUpMax missed fires of one action that are delivered at most; empty: no limit
 */
record Expiry(Optional<Long> catchUpMax) {
  /** The part of {@code first} to {@code last}, all missed, that is too old at {@code now}. */
  Optional<Stretch> expired(
      Action action, Instant first, Instant last, int unsettledMissed, Instant now) {
    Timing timing = action.timing();
    MissedPolicy policy = action.policy().missed();
    Instant until = Instant.MIN;
    if (policy.actuality().isPresent()) {
      Instant oldest =
          now.minus(
              policy.actuality().get()); // a fire exactly as old as its actuality does not expire
      until =
          CheckedTimes.previous(timing, Moments.earlier(MissedFires.before(oldest), last))
              .orElse(Instant.MIN);
    }
    if (catchUpMax.isPresent() && !policy.merge()) {
      Instant from = until.isBefore(first) ? MissedFires.before(first) : until;
      long most = Math.max(0, catchUpMax.get() - unsettledMissed);
      long surplus = CheckedTimes.count(timing, from, last) - most;
      if (surplus > 0) {
        until = nth(timing, from, last, surplus);
      }
    }
    return until.isBefore(first)
        ? Optional.empty()
        : CheckedTimes.stretch(timing, MissedFires.before(first), until);
  }

  /** The fire time number {@code n} (from 1) after {@code from}: found by binary search. */
  private static Instant nth(Timing timing, Instant from, Instant last, long n) {
    long low = from.getEpochSecond();
    long high = last.getEpochSecond() + 1;
    while (low < high) { // the first whole second up to which there are n fires
      long middle = low + (high - low) / 2;
      if (CheckedTimes.count(timing, from, Instant.ofEpochSecond(middle)) >= n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return CheckedTimes.last(timing, from, Moments.earlier(Instant.ofEpochSecond(low), last));
  }
}
