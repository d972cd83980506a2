package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Failure.Kind;
import io.actionscheduler.torture.Receipt.Merged;
import io.actionscheduler.torture.Receipt.Passport;
import io.actionscheduler.torture.Verdict.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker is told of sound runs and of runs with one planted fault each. */
class CheckerTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final int EACH = 1;
  private static final int MERGING = 2;
  private static final int EXPIRING = 3;

  private final List<Target> targets = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /** A minute of three actions each second, killed at 20.5 s, back at 30.5 s. */
  @BeforeEach
  void aSoundRun() {
    faults.add(Fault.of(Fault.Kind.KILL, at(20.5), at(30.5)));
    for (int second = 0; second < 60; second++) {
      targets.add(new Target(EACH, 1, at(second), false, Optional.empty(), true));
      targets.add(new Target(MERGING, 1, at(second), true, Optional.empty(), true));
      targets.add(new Target(EXPIRING, 1, at(second), false, Optional.of(Duration.ZERO), true));
      boolean missed = second > 20 && second <= 29;
      receive(EACH, second, missed ? 30.6 + second / 100.0 : second + 0.01);
      if (!missed) {
        receive(EXPIRING, second, second + 0.01 + (second == 30 ? 0.6 : 0));
      }
      if (!missed && second != 30) {
        receive(MERGING, second, second + 0.01);
      }
    }
    receipts.add(
        new Receipt(at(30.6), 2, MERGING, at(30), passport(Merged.of(9, at(21), at(29))), true));
  }

  @Test
  void aSoundRunPasses() {
    Verdict verdict = check();
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.targets()).isEqualTo(180);
    assertThat(verdict.count(End.MERGED)).isEqualTo(9);
    assertThat(verdict.count(End.EXPIRED)).isEqualTo(9);
    assertThat(verdict.count(End.DELIVERED)).isEqualTo(162);
  }

  @Test
  void progressBeforeConfirmationLosesWhatWasInFlightAtTheKill() {
    drop(EACH, 20);
    assertFails(Kind.LOST, "1@2026-11-20T10:00:20Z");
  }

  @Test
  void aDroppedRetryIsALoss() {
    drop(EACH, 50);
    Receipt refused = new Receipt(at(50.01), 1, EACH, at(50), passport(Merged.NONE), false);
    receipts.add(refused);
    faults.add(new Fault(Fault.Kind.REFUSAL, at(50.01), at(51), Optional.of(EACH)));
    assertFails(Kind.LOST, "1@2026-11-20T10:00:50Z");
  }

  @Test
  void anExpiringFireLostInTheCalmHasNotExpired() {
    drop(EXPIRING, 50);
    assertFails(Kind.LOST, "3@2026-11-20T10:00:50Z");
  }

  @Test
  void anEarlyFireFails() {
    drop(EACH, 50);
    receive(EACH, 50, 49.998);
    assertFails(Kind.EARLY, "1@2026-11-20T10:00:50Z");
  }

  @Test
  void aRetryAfterTheClockWasSetBackIsNotEarly() {
    drop(EACH, 50);
    receipts.add(new Receipt(at(50.01), 1, EACH, at(50), passport(Merged.NONE), false));
    Passport second = new Passport(2, Merged.NONE, "run");
    receipts.add(new Receipt(at(49.93), 1, EACH, at(50), second, true));
    assertThat(check().failures()).noneMatch(failure -> failure.kind() == Kind.EARLY);
  }

  @Test
  void aSecondAttemptIsEarlyWhereTheFirstOneWas() {
    drop(EACH, 50);
    receipts.add(new Receipt(at(49.91), 1, EACH, at(50), passport(Merged.NONE), false));
    Passport second = new Passport(2, Merged.NONE, "run");
    receipts.add(new Receipt(at(49.93), 1, EACH, at(50), second, true));
    assertFails(Kind.EARLY, "1@2026-11-20T10:00:50Z");
  }

  @Test
  void aLateFireInTheCalmFails() {
    drop(EACH, 40);
    receive(EACH, 40, 55);
    assertFails(Kind.LATE, "1@2026-11-20T10:00:40Z");
  }

  @Test
  void aWrongMissedCountFails() {
    drop(MERGING, 30);
    receipts.add(
        new Receipt(at(30.6), 2, MERGING, at(30), passport(Merged.of(8, at(21), at(29))), true));
    assertFails(Kind.WRONG_COUNT, "2@2026-11-20T10:00:30Z");
  }

  @Test
  void aMergeThatForgetsTheOldestLosesIt() {
    drop(MERGING, 30);
    receipts.add(
        new Receipt(at(30.6), 2, MERGING, at(30), passport(Merged.of(8, at(22), at(29))), true));
    assertFails(Kind.LOST, "2@2026-11-20T10:00:21Z");
  }

  @Test
  void aMergeOfWhatIsToBeDeliveredEachFails() {
    drop(EACH, 29);
    drop(EACH, 30);
    receipts.add(
        new Receipt(at(30.6), 2, EACH, at(30), passport(Merged.of(1, at(29), at(29))), true));
    assertFails(Kind.WRONG_COUNT, "never merges");
  }

  @Test
  void aMergeInTheCalmFails() {
    drop(MERGING, 50);
    drop(MERGING, 51);
    receipts.add(
        new Receipt(at(51.01), 2, MERGING, at(51), passport(Merged.of(1, at(50), at(50))), true));
    assertFails(Kind.MERGED_WITHOUT_CAUSE, "2@2026-11-20T10:00:50Z");
  }

  @Test
  void anExpiredFireThatIsDeliveredFails() {
    receive(EXPIRING, 24, 34.8);
    assertFails(Kind.TOO_OLD, "3@2026-11-20T10:00:24Z");
  }

  @Test
  void aDuplicateWithAnotherIdFails() {
    receipts.add(new Receipt(at(50.2), 1, EACH, at(50.001), passport(Merged.NONE), true));
    assertFails(Kind.NO_TARGET, "1@2026-11-20T10:00:50.001Z");
  }

  @Test
  void aDuplicateThatNoFaultExplainsFails() {
    receive(EACH, 50, 50.4);
    assertFails(Kind.REPEATED, "1@2026-11-20T10:00:50Z");
  }

  @Test
  void aRepeatOfWhatWasInFlightAtTheKillIsCountedAndExcused() {
    receive(EACH, 20, 30.6);
    Verdict verdict = check();
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.repeats())
        .singleElement()
        .satisfies(repeat -> assertThat(repeat.causes()).containsExactly(Fault.Kind.KILL));
  }

  @Test
  void aRepeatOfWhatAFullStoreCouldNotRecordIsCountedForBoth() {
    faults.add(Fault.of(Fault.Kind.STORE_FULL, at(10), at(30.5)));
    receive(EACH, 12, 30.6);
    Verdict verdict = check();
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.repeats())
        .singleElement()
        .satisfies(
            repeat ->
                assertThat(repeat.causes())
                    .containsExactlyInAnyOrder(Fault.Kind.KILL, Fault.Kind.STORE_FULL));
  }

  @Test
  void underExactlyOnceNoRepeatIsExcused() {
    receive(EACH, 20, 30.6);
    Verdict verdict = Checker.check(targets, receipts, faults, Allowance.USUAL.once());
    assertThat(verdict.failures()).extracting(Failure::kind).containsExactly(Kind.REPEATED);
  }

  @Test
  void aRepeatOfWhatWasSettledLongBeforeTheKillFails() {
    receive(EACH, 10, 30.6);
    assertFails(Kind.REPEATED, "1@2026-11-20T10:00:10Z");
  }

  @Test
  void whatIsUncertainMayComeOrNot() {
    targets.add(new Target(4, 1, at(40), false, Optional.empty(), false));
    targets.add(new Target(4, 1, at(41), false, Optional.empty(), false));
    receive(4, 41, 41.01);
    Verdict verdict = check();
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.count(End.UNCERTAIN)).isEqualTo(1);
  }

  private void assertFails(Kind kind, String about) {
    assertThat(check().failures())
        .anySatisfy(
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.text()).contains(about);
            });
  }

  private Verdict check() {
    return Checker.check(targets, receipts, faults, Allowance.USUAL);
  }

  private void receive(int action, double scheduled, double received) {
    receipts.add(new Receipt(at(received), 1, action, at(scheduled), passport(Merged.NONE), true));
  }

  private static Passport passport(Merged merged) {
    return new Passport(1, merged, "run");
  }

  private void drop(int action, double scheduled) {
    receipts.removeIf(
        receipt -> receipt.action() == action && receipt.scheduledAt().equals(at(scheduled)));
  }

  private static Instant at(double second) {
    return START.plusMillis(Math.round(second * 1000));
  }
}
