package io.actionscheduler.engine.run;

import static io.actionscheduler.engine.run.MinutelyAction.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.run.AfterAttempt.Attempt;
import io.actionscheduler.engine.run.AfterAttempt.Dropped;
import io.actionscheduler.engine.run.AfterAttempt.Failed;
import io.actionscheduler.engine.run.AfterAttempt.NotAttempted;
import io.actionscheduler.engine.run.AfterAttempt.Retry;
import io.actionscheduler.engine.run.AfterAttempt.Wait;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfterAttemptTest {
  private static final Instant NOW = NOON.plusSeconds(2);
  private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ofSeconds(10), 3);
  private static final RetryPolicy OWN = new RetryPolicy(5, Duration.ofSeconds(100), 1);

  private static final CallbackException PERMANENT = CallbackException.permanent("too large", null);
  private static final CallbackException REFUSED = CallbackException.refused("no", null);
  private static final CallbackException AWAY = CallbackException.unavailable("no route", null);
  private static final CallbackException MAYBE =
      CallbackException.unavailableUnknown("cut off", null);

  /** What an attempt was, said as far as it matters: the first one of a fire, otherwise. */
  private static final class Tried {
    private long actuality = -1;
    private Optional<RetryPolicy> own = Optional.empty();
    private Optional<OpenFire> open = Optional.empty();
    private int attempt = 1;
    private boolean deadLetter;
    private boolean overlaps;
    private boolean paused;
    private double spread = 1;

    Tried actuality(long seconds) {
      actuality = seconds;
      return this;
    }

    Tried own(RetryPolicy retry) {
      own = Optional.of(retry);
      return this;
    }

    /** The fire was attempted before, and refused so often. */
    Tried again(int attempts, int refusals, boolean unknown) {
      attempt = attempts + 1;
      open =
          Optional.of(
              new OpenFire(
                  NOON,
                  Cause.SCHEDULE,
                  Optional.empty(),
                  attempts,
                  refusals,
                  NOON,
                  unknown,
                  "before",
                  deadLetter));
      return this;
    }

    Tried deadLetter() {
      deadLetter = true;
      return this;
    }

    Tried overlapping() {
      overlaps = true;
      return this;
    }

    Tried paused() {
      paused = true;
      return this;
    }

    Tried spread(double factor) {
      spread = factor;
      return this;
    }

    AfterAttempt with(CallbackException why) {
      return AfterAttempt.of(
          new Attempt(delivery(), open, TWICE, overlaps, false), why, paused, spread, NOW);
    }

    Delivery delivery() {
      Stretch merged = new Stretch(NOON.minusSeconds(120), NOON.minusSeconds(60), 2);
      Fire fire = new Fire(action(), NOON, Cause.SCHEDULE, Optional.of(merged), "");
      return new Delivery(fire, attempt, NOON, deadLetter);
    }

    private Action action() {
      return MinutelyAction.with(
          new Policy(true, MissedPolicy.of(false, actuality), Overlap.QUEUE, List.of("main"), own));
    }
  }

  private static OpenFire retry(AfterAttempt after) {
    assertThat(after).isInstanceOf(Retry.class);
    return ((Retry) after).open();
  }

  private static OpenFire waiting(AfterAttempt after) {
    assertThat(after).isInstanceOf(Wait.class);
    return ((Wait) after).open();
  }

  @Test
  void aPermanentFaultFailsWhateverElse() {
    assertThat(new Tried().with(PERMANENT)).isEqualTo(new Failed("too large"));
    assertThat(new Tried().paused().with(PERMANENT)).isEqualTo(new Failed("too large"));
    assertThat(new Tried().deadLetter().again(1, 1, true).with(PERMANENT))
        .isEqualTo(new Failed("too large"));
  }

  @ParameterizedTest(name = "{0} refusals before: {1} s until the next try")
  @CsvSource({"0, 10", "1, 30"})
  void aRefusedFireIsTriedAgainAfterALongerAndLongerWait(int refusals, long wait) {
    Tried tried = refusals == 0 ? new Tried() : new Tried().again(4, refusals, false);
    OpenFire open = retry(tried.with(REFUSED));
    assertThat(open.retryAt()).isEqualTo(NOW.plusSeconds(wait));
    assertThat(open.refusals()).isEqualTo(refusals + 1);
    assertThat(open.attempts()).isEqualTo(refusals == 0 ? 1 : 5);
    assertThat(open.error()).isEqualTo("no");
    assertThat(open.outcomeUnknown()).isFalse();
    assertThat(open.givenUp()).isFalse();
    assertThat(open.scheduledAt()).isEqualTo(NOON);
    assertThat(open.merged()).hasValueSatisfying(merged -> assertThat(merged.count()).isEqualTo(2));
  }

  @Test
  void itFailsWhenItsRetriesAreUsedUp() {
    assertThat(new Tried().again(3, 2, false).with(REFUSED))
        .isEqualTo(new Failed("all 2 retries failed: no"));
    assertThat(new Tried().own(new RetryPolicy(0, Duration.ZERO, 1)).with(REFUSED))
        .isEqualTo(new Failed("no retries: no"));
  }

  @Test
  void anActionsOwnRetriesReplaceThoseOfItsCallbackButNotForDeadLetters() {
    assertThat(retry(new Tried().own(OWN).with(REFUSED)).retryAt()).isEqualTo(NOW.plusSeconds(100));
    assertThat(retry(new Tried().own(OWN).again(5, 4, false).with(REFUSED)).refusals())
        .isEqualTo(5);
    assertThat(retry(new Tried().own(OWN).deadLetter().with(REFUSED)).retryAt())
        .isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void theWaitIsSpread() {
    assertThat(retry(new Tried().spread(1.25).with(REFUSED)).retryAt())
        .isEqualTo(NOW.plusMillis(12_500));
  }

  @ParameterizedTest(name = "the target asks for {0} s: it waits {1} s")
  @CsvSource({"1, 10", "10, 10", "11, 11", "86399, 86399", "86400, 86400", "90000, 86400"})
  void aLongerWaitThatTheTargetAsksForCountsUpToADay(long asked, long wait) {
    CallbackException later = REFUSED.retryAfter(Duration.ofSeconds(asked));
    assertThat(retry(new Tried().with(later)).retryAt()).isEqualTo(NOW.plusSeconds(wait));
  }

  @ParameterizedTest(name = "actual for {0} s, the next try 12 s after its time: fails {1}")
  @CsvSource({"11, true", "12, false", "-1, false"})
  void itFailsWhenItWouldBeTooOldAtItsNextTry(long actuality, boolean fails) {
    AfterAttempt after = new Tried().actuality(actuality).with(REFUSED);
    if (fails) {
      assertThat(after).isEqualTo(new Failed("would not be actual at its next try: no"));
    } else {
      assertThat(after).isInstanceOf(Retry.class);
    }
    assertThat(new Tried().actuality(actuality).deadLetter().with(REFUSED))
        .isInstanceOf(Retry.class);
    assertThat(new Tried().actuality(actuality).own(OWN).with(REFUSED)).isInstanceOf(Retry.class);
  }

  @Test
  void aFireThatCertainlyDidNotArriveCountsAsNotAttempted() {
    assertThat(new Tried().with(AWAY)).isEqualTo(new NotAttempted());
  }

  @Test
  void aFireThatMayHaveArrivedWaitsForItsTargetAndUsesUpNoRetry() {
    OpenFire open = waiting(new Tried().with(MAYBE));
    assertThat(open.outcomeUnknown()).isTrue();
    assertThat(open.refusals()).isZero();
    assertThat(open.attempts()).isEqualTo(1);
    assertThat(open.retryAt()).isEqualTo(NOW);
  }

  @Test
  void onceAttemptedItStaysOpenAndUnknownOutcomeStaysUnknown() {
    OpenFire known = waiting(new Tried().again(3, 2, false).with(AWAY));
    assertThat(known.outcomeUnknown()).isFalse();
    assertThat(known.refusals()).isEqualTo(2);
    assertThat(known.attempts()).isEqualTo(4);
    assertThat(waiting(new Tried().again(3, 0, true).with(AWAY)).outcomeUnknown()).isTrue();
    assertThat(retry(new Tried().again(1, 0, true).with(REFUSED)).outcomeUnknown()).isTrue();
  }

  @Test
  void besideOthersItStaysOpenThoughItWasNotAttempted() {
    assertThat(waiting(new Tried().overlapping().with(AWAY)).outcomeUnknown()).isFalse();
  }

  @Test
  void aFireOfADisabledActionIsDroppedButADeadLetterIsNot() {
    assertThat(new Tried().paused().with(REFUSED)).isEqualTo(new Dropped());
    assertThat(new Tried().paused().with(MAYBE)).isEqualTo(new Dropped());
    assertThat(new Tried().paused().deadLetter().with(REFUSED)).isInstanceOf(Retry.class);
    assertThat(new Tried().paused().deadLetter().with(MAYBE)).isInstanceOf(Wait.class);
  }

  /** People look for why it failed, not for why its dead letter waits. */
  @Test
  void aDeadLetterKeepsTheErrorThatItsFireFailedWith() {
    OpenFire open = retry(new Tried().deadLetter().again(1, 0, false).with(REFUSED));
    assertThat(open.error()).isEqualTo("before");
    assertThat(open.givenUp()).isTrue();
  }

  @Test
  void aFireThatFailedBecomesADeadLetterWithNewRetries() {
    OpenFire letter = AfterAttempt.givenUp(new Tried().again(3, 3, true).delivery(), "why", NOW);
    assertThat(letter.givenUp()).isTrue();
    assertThat(letter.error()).isEqualTo("why");
    assertThat(letter.attempts()).isEqualTo(4);
    assertThat(letter.refusals()).isZero();
    assertThat(letter.retryAt()).isEqualTo(NOW);
    assertThat(letter.outcomeUnknown()).isFalse();
  }
}
