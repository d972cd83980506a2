package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.OpenFire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Whether and when a fire that did not get through is tried again. */
final class Retries {
  /** What a target may ask for at most. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private Retries() {}

  /**
   * What follows a refusal.
   *
   * @param next the fire as it waits for its next try; empty when it is given up
   * @param reason why it is given up; empty when it is not
   */
  record Verdict(Optional<OpenFire> next, String reason) {}

  /** The target answered, and did not take the fire: as often as the retry policy says. */
  static Verdict afterRefusal(
      Lane lane, Outlet outlet, Delivery delivery, CallbackException why, Instant now) {
    boolean givenUp = lane.open != null && lane.open.givenUp();
    RetryPolicy retry =
        givenUp
            ? outlet.settings().retry()
            : lane.action.policy().retry().orElse(outlet.settings().retry());
    int refusals = 1 + refusals(lane);
    Duration delay = spread(retry.delay(refusals));
    Duration asked = why.retryAfter().orElse(delay);
    Duration wait = asked.compareTo(delay) > 0 ? asked : delay;
    Instant retryAt = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    if (refusals > retry.maxRetries()) {
      String given = refusals == 1 ? "no retries" : "all " + retry.maxRetries() + " retries failed";
      return new Verdict(Optional.empty(), given + ": " + why.getMessage());
    }
    if (!givenUp && isTooOld(lane.action, delivery.fire().scheduledAt(), retryAt)) {
      return new Verdict(
          Optional.empty(), "would not be actual at its next try: " + why.getMessage());
    }
    return new Verdict(Optional.of(open(lane, delivery, refusals, retryAt, why)), "");
  }

  /**
   * The target was not reached, which uses up no retry. Empty when the fire surely did not get
   * through, and never maybe did: then it was not attempted. Where fires overlap it stays open all
   * the same, or those that ran beside it would be settled in its place.
   */
  static Optional<OpenFire> afterAway(
      Lane lane, Delivery delivery, CallbackException why, Instant now) {
    boolean overlaps = lane.sides != null || lane.main != null;
    return why.outcomeUnknown() || lane.open != null || overlaps
        ? Optional.of(open(lane, delivery, refusals(lane), now, why))
        : Optional.empty();
  }

  /** The fire on its way to the callback for what failed for good. */
  static OpenFire givenUp(Delivery delivery, String error, Instant now) {
    Fire fire = delivery.fire();
    return new OpenFire(
        fire.scheduledAt(),
        fire.cause(),
        fire.merged(),
        delivery.attempt(),
        0,
        now,
        false,
        error,
        true);
  }

  /** An action's own retry is not bounded by actuality; the callback's is. */
  static boolean isTooOld(Action action, Instant scheduledAt, Instant at) {
    return action.policy().retry().isEmpty() && MissedFires.isTooOld(action, scheduledAt, at);
  }

  private static OpenFire open(
      Lane lane, Delivery delivery, int refusals, Instant retryAt, CallbackException why) {
    Fire fire = delivery.fire();
    boolean givenUp = lane.open != null && lane.open.givenUp();
    return new OpenFire(
        fire.scheduledAt(),
        fire.cause(),
        fire.merged(),
        Math.max(delivery.attempt(), refusals),
        refusals,
        retryAt,
        why.outcomeUnknown() || (lane.open != null && lane.open.outcomeUnknown()),
        givenUp ? lane.open.error() : String.valueOf(why.getMessage()),
        givenUp);
  }

  private static int refusals(Lane lane) {
    return lane.open == null ? 0 : lane.open.refusals();
  }

  // Up to a tenth more or less, so that fires refused together do not come back together.
  private static Duration spread(Duration delay) {
    return Duration.ofNanos(
        (long) (delay.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
  }
}
