package io.actionscheduler.engine.run;

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

/** What follows an attempt that did not deliver its fire. Computed without side effects. */
sealed interface AfterAttempt {
  /** The longest delay before the next try that a target may ask for. */
  Duration LONGEST_WAIT = Duration.ofDays(1);

  /** The target answered and refused the fire: it is tried again. */
  record Retry(OpenFire open) implements AfterAttempt {}

  /** The target was unavailable, which uses up no retry: the fire waits, and keeps its id. */
  record Wait(OpenFire open) implements AfterAttempt {}

  /** The fire certainly did not reach the target: it counts as not attempted and may merge. */
  record NotAttempted() implements AfterAttempt {}

  /** It failed permanently. */
  record Failed(String error) implements AfterAttempt {}

  /** Its action was disabled in the meantime: it is not tried again. */
  record Dropped() implements AfterAttempt {}

  /**
   * An attempt.
   *
   * @param open the fire as it was before; empty for the first attempt
   * @param retry the policy of the callback that it went to
   * @param overlaps whether other fires of its action are under way: then it always stays open,
   *     since otherwise those would be settled in its place
   * @param ordered whether an operator asked for it, however old
   */
  record Attempt(
      Delivery delivery,
      Optional<OpenFire> open,
      RetryPolicy retry,
      boolean overlaps,
      boolean ordered) {
    private boolean isDeadLetter() {
      return delivery.deadLetter();
    }

    private Action action() {
      return delivery.action();
    }

    private int refusals() {
      return open.map(OpenFire::refusals).orElse(0);
    }
  }

  /**
   * What follows the failure {@code why}.
   *
   * @param paused whether the action is disabled by now
   * @param spread the factor by which a delay is stretched, around 1, so that fires refused
   *     together do not come back together
   */
  static AfterAttempt of(
      Attempt attempt, CallbackException why, boolean paused, double spread, Instant now) {
    boolean dropped = paused && !attempt.isDeadLetter();
    return switch (why.kind()) {
      case PERMANENT -> new Failed(String.valueOf(why.getMessage()));
      case REFUSED -> dropped ? new Dropped() : refused(attempt, why, spread, now);
      case UNAVAILABLE -> dropped ? new Dropped() : unavailable(attempt, why, now);
    };
  }

  private static AfterAttempt refused(
      Attempt attempt, CallbackException why, double spread, Instant now) {
    RetryPolicy retry =
        attempt.isDeadLetter()
            ? attempt.retry()
            : attempt.action().policy().retry().orElse(attempt.retry());
    int refusals = 1 + attempt.refusals();
    if (refusals > retry.maxRetries()) {
      String given = refusals == 1 ? "no retries" : "all " + retry.maxRetries() + " retries failed";
      return new Failed(given + ": " + why.getMessage());
    }
    Instant retryAt = now.plus(delay(retry.delay(refusals), spread, why));
    if (!attempt.isDeadLetter()
        && !attempt.ordered()
        && isTooOld(attempt.action(), attempt.delivery().fire().scheduledAt(), retryAt)) {
      return new Failed("would not be actual at its next try: " + why.getMessage());
    }
    return new Retry(open(attempt, refusals, retryAt, why));
  }

  private static Duration delay(Duration delay, double spread, CallbackException why) {
    Duration own = Duration.ofNanos((long) (delay.toNanos() * spread));
    Duration asked = why.retryAfter().orElse(own);
    Duration wait = asked.compareTo(own) > 0 ? asked : own;
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static AfterAttempt unavailable(Attempt attempt, CallbackException why, Instant now) {
    return why.outcomeUnknown() || attempt.open().isPresent() || attempt.overlaps()
        ? new Wait(open(attempt, attempt.refusals(), now, why))
        : new NotAttempted();
  }

  private static OpenFire open(
      Attempt attempt, int refusals, Instant retryAt, CallbackException why) {
    Fire fire = attempt.delivery().fire();
    Optional<OpenFire> before = attempt.open();
    return new OpenFire(
        fire.scheduledAt(),
        fire.cause(),
        fire.merged(),
        Math.max(attempt.delivery().attempt(), refusals),
        refusals,
        retryAt,
        why.outcomeUnknown() || before.map(OpenFire::outcomeUnknown).orElse(false),
        before
            .filter(OpenFire::givenUp)
            .map(OpenFire::error)
            .orElse(String.valueOf(why.getMessage())),
        attempt.isDeadLetter());
  }

  /** The dead letter for the fire of {@code delivery}, which failed permanently. */
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

  /** Retries of the callback end when the fire is too old; an action's own retries do not. */
  static boolean isTooOld(Action action, Instant scheduledAt, Instant at) {
    return action.policy().retry().isEmpty() && MissedFires.isTooOld(action, scheduledAt, at);
  }
}
