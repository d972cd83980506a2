package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("time")
@Timeout(60)
class EngineTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy ON_TIME_ONLY = MissedPolicy.of(false, 0);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  @Test
  void everyActionFiresAtItsTimes() throws Exception {
    world.start(action(1, "* * * * *", EACH), action(2, "*/20 * * * * *", EACH));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("2@10:00:20", "2@10:00:40", "1@10:01:00", "2@10:01:00");
    assertThat(world.callback.delivered()).allMatch(d -> d.fire().cause() == Cause.SCHEDULE);
  }

  @Test
  void nothingFiresBeforeItsTimeEvenWhenTheAlarmRingsEarly() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T10:00:59.998Z"));
    world.ring().settle();
    assertThat(world.callback.delivered()).isEmpty();
    world.pass(Duration.ofMillis(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void aNewActionFiresNothingOfThePast() throws Exception {
    world.start(action(1, "*/5 * * * *", EACH));
    world.settle();
    assertThat(world.callback.delivered()).isEmpty();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo(world.clock.instant());
  }

  @Test
  void aStopAndAStartRepeatNothingAndLoseNothing() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.pass(Duration.ofMinutes(2));
    world.stop();
    world.clock.advance(Duration.ofSeconds(20));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00");
  }

  @Test
  void whatWasMissedWhileDownFollowsTheRow() throws Exception {
    Action[] table = {
      action(1, "* * * * *", EACH),
      action(2, "* * * * *", MERGE),
      action(3, "* * * * *", ON_TIME_ONLY),
      action(4, "* * * * *", MissedPolicy.of(false, 150)),
    };
    world.start(table);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(table);
    assertThat(world.callback.deliveredTimes())
        .containsSubsequence("1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00", "1@10:05:00")
        .containsSubsequence("4@10:03:00", "4@10:04:00", "4@10:05:00")
        .contains("2@10:05:00")
        .hasSize(9);
    Delivery merged =
        world.callback.delivered().stream()
            .filter(d -> d.action().id().equals(ActionId.of(2)))
            .findFirst()
            .orElseThrow();
    assertThat(merged.fire().cause()).isEqualTo(Cause.CATCH_UP);
    assertThat(merged.fire().missedCount()).isEqualTo(4);
    assertThat(merged.fire().merged().orElseThrow().first()).isEqualTo("2026-03-02T10:01:00Z");
    assertThat(world.store.of("3").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:05:00Z");
  }

  @Test
  void aSleptMachineIsTheSameAsDowntime() throws Exception {
    world.start(action(1, "* * * * *", MERGE));
    world.sleep(Duration.ofMinutes(10));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:10:00");
    assertThat(world.callback.delivered().get(0).fire().missedCount()).isEqualTo(9);
  }

  @Test
  void aFireThatStartsWithinASecondIsOnTimeWhateverItsActuality() throws Exception {
    world.start(action(1, "* * * * *", ON_TIME_ONLY));
    world.clock.set(Instant.parse("2026-03-02T10:01:01Z"));
    world.settle();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    world.clock.set(Instant.parse("2026-03-02T10:02:01.001Z"));
    world.settle();
    assertThat(world.callback.delivered()).hasSize(1);
  }

  @Test
  void anEditOfOneActionLeavesTheOthersAlone() throws Exception {
    Action other = action(2, "* * * * *", EACH);
    world.start(action(1, "* * * * *", EACH), other).pass(Duration.ofSeconds(60));
    world.edit(action(1, "30 * * * * *", EACH), other).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:01:00", "2@10:01:00", "1@10:01:30", "2@10:02:00");
  }

  @Test
  void anEditedScheduleInventsNothingForThePast() throws Exception {
    world.start(action(1, "0 0 * * *", EACH));
    world.stop();
    world.clock.advance(Duration.ofMinutes(30));
    world.start(action(1, "* * * * *", EACH));
    assertThat(world.callback.delivered()).isEmpty();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:31:00");
  }

  @Test
  void aRemovedActionFiresNoMoreAndLeavesNothingBehind() throws Exception {
    world.start(action(1, "* * * * *", EACH), action(2, "* * * * *", EACH));
    world.edit(action(2, "* * * * *", EACH)).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("2@10:01:00");
    assertThat(world.store.of("1")).isEmpty();
  }

  @Test
  void aDisabledActionPausesAndGoesOnWithoutCatchUp() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.edit(action(1, "* * * * *", EACH, Overlap.QUEUE, false, "main"));
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.delivered()).isEmpty();
    world.stop();
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:04:00");
  }

  @Test
  void aDateBetweenTwoReadingsOfTheTableFires() throws Exception {
    world.start(action(9, "0 0 * * *", EACH));
    world.pass(Duration.ofSeconds(30));
    world.edit(action(9, "0 0 * * *", EACH), action(1, "2026-03-02T10:00:20Z", EACH));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:20");
  }

  @Test
  void aDatePastAtTheVeryFirstReadingNeverFires() throws Exception {
    world.start(action(1, "2026-03-02T09:59:00Z", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.callback.delivered()).isEmpty();
  }

  @Test
  void progressOfThePythonProgramCountsFromItsNextRun() throws Exception {
    world.start(
        Map.of(ActionId.of(1), Instant.parse("2026-03-02T09:58:00Z")),
        action(1, "* * * * *", EACH));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@09:58:00", "1@09:59:00", "1@10:00:00");
  }

  @Test
  void theLaterOfBothProgressesWins() throws Exception {
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(2));
    world.stop();
    world.start(
        Map.of(ActionId.of(1), Instant.parse("2026-03-02T10:01:00Z")),
        action(1, "* * * * *", EACH));
    assertThat(world.callback.delivered()).hasSize(2);
  }

  @Test
  void aRefusedFireIsTriedAgainUnderItsIdAndHoldsUpTheNext() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(61));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.delivered().get(0).attempt()).isGreaterThan(1);
  }

  @Test
  void aFireWhoseRetriesAreUsedUpFailsAndTheNextGoesOn() throws Exception {
    world.callback.answer(
        d ->
            d.fire().scheduledAt().equals(Instant.parse("2026-03-02T10:01:00Z"))
                ? CallbackException.refused("no", null)
                : null);
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(2));
    assertThat(world.callback.attempts()).hasSize(4); // three of the first, one of the second
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:02:00");
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() throws Exception {
    world.callback.answer(d -> CallbackException.permanent("too large", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    world.pass(Duration.ofSeconds(30));
    assertThat(world.callback.attempts()).hasSize(1);
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:01:00Z");
  }

  @Test
  void aRetrySurvivesARestart() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(action(1, "0 * * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T11:00:00Z"));
    world.settle();
    world.stop();
    assertThat(world.store.of("1").orElseThrow().open()).isPresent();
    world.callback.takeAll();
    world.clock.advance(Duration.ofSeconds(5));
    world.start(action(1, "0 * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    assertThat(world.callback.delivered().get(0).attempt()).isEqualTo(2);
  }

  @Test
  void aTargetThatIsAwayUsesUpNoRetriesAndTheMissedRuleRunsWhenItIsBack() throws Exception {
    world.callback.answer(d -> CallbackException.away("connection refused", null));
    world.start(action(1, "* * * * *", MERGE), action(2, "* * * * *", EACH));
    world.pass(Duration.ofMinutes(10));
    assertThat(world.status().away()).containsExactly("main");
    assertThat(world.callback.attempts().size()).isBetween(5, 25); // feeling for it, backing off
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(70));
    assertThat(world.status().away()).isEmpty();
    assertThat(world.callback.deliveredTimes().stream().filter(id -> id.startsWith("2@")))
        .containsSubsequence("2@10:01:00", "2@10:02:00", "2@10:09:00", "2@10:10:00");
    assertThat(world.callback.deliveredTimes().stream().filter(id -> id.startsWith("1@")).count())
        .isLessThanOrEqualTo(3);
  }

  @Test
  void aFireThatMayHaveGotThroughIsRepeatedUnderItsOwnId() throws Exception {
    world.callback.answer(d -> CallbackException.awayUnknown("connection lost", null));
    world.start(action(1, "* * * * *", MERGE)).pass(Duration.ofMinutes(1));
    world.callback.takeAll();
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.deliveredTimes()).startsWith("1@10:01:00");
    assertThat(world.callback.delivered().get(0).attempt()).isGreaterThan(1);
  }

  @Test
  void aHungCallbackHoldsUpOnlyItsOwnActions() throws Exception {
    world.start(
        action(1, "* * * * *", EACH), action(2, "* * * * *", EACH, Overlap.QUEUE, true, "other"));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    await().until(() -> world.other.delivered().size() == 1);
    assertThat(world.callback.delivered()).isEmpty();
  }

  @Test
  void whatFallsDueWhileTheFireBeforeRunsWaitsOrIsSkipped() throws Exception {
    world.start(
        action(1, "* * * * * *", EACH, Overlap.QUEUE, true, "main"),
        action(2, "* * * * * *", EACH, Overlap.SKIP, true, "main"));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:00:01Z"));
    world.ring();
    world.awaitAttempts(2);
    world.clock.set(Instant.parse("2026-03-02T10:00:04.500Z"));
    world.callback.release();
    await().until(() -> world.settle().callback.delivered().size() >= 5);
    assertThat(world.callback.deliveredTimes())
        .containsSubsequence("1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04")
        .contains("2@10:00:01")
        .doesNotContain("2@10:00:02", "2@10:00:03", "2@10:00:04");
  }

  @Test
  void progressIsHeldWhileTheStoreFailsAndWrittenWhenItIsBack() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.store.failing(true);
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.delivered()).hasSize(3);
    assertThat(world.status().storeFailing()).isTrue();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isBefore("2026-03-02T10:01:00Z");
    world.store.failing(false);
    world.pass(Duration.ofSeconds(3));
    assertThat(world.status().storeFailing()).isFalse();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:03:00Z");
  }

  @Test
  void whatWasNotRecordedIsDeliveredAgainUnderTheSameId() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    world.start(action(1, "* * * * *", EACH));
    world.store.failing(true);
    world.pass(Duration.ofMinutes(1));
    world.kill();
    world.start(action(1, "* * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:01:00");
  }

  @Test
  void aClockThatStepsBackFiresNothingAgain() throws Exception {
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(5));
    world.clock.advance(Duration.ofMinutes(-3));
    world.engine().clockStepped(Duration.ofMinutes(-3));
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.delivered()).hasSize(5);
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).endsWith("1@10:05:00", "1@10:06:00").hasSize(6);
  }

  @Test
  void aClockThatStepsForwardMakesTheSkippedTimesMissed() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.clock.advance(Duration.ofSeconds(185));
    world.engine().clockStepped(Duration.ofSeconds(185));
    world.settle();
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00");
    assertThat(world.callback.delivered()).allMatch(d -> d.fire().cause() == Cause.CATCH_UP);
  }

  @Test
  void theCapOnCatchingUpExpiresTheOldest() throws Exception {
    world.catchUpMax = Optional.of(2L);
    world.start(action(1, "* * * * *", EACH));
    world.sleep(Duration.ofSeconds(605));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:09:00", "1@10:10:00");
  }

  @Test
  void lateFiresKeepToTheirRate() throws Exception {
    world.catchUpRate = Optional.of(2);
    world.start(action(1, "*/10 * * * * *", EACH));
    world.sleep(Duration.ofSeconds(100)); // ten missed
    assertThat(world.callback.delivered()).hasSizeLessThan(4);
    world.pass(Duration.ofSeconds(6));
    assertThat(world.callback.delivered()).hasSizeGreaterThan(9);
  }

  @Test
  void anActionSentElsewhereTakesWhatIsUnsettledAlong() throws Exception {
    world.callback.answer(d -> CallbackException.away("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(2));
    world.edit(action(1, "* * * * *", EACH, Overlap.QUEUE, true, "other"));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    assertThat(world.store.all()).hasSize(1);
  }

  @Test
  void theLedgerTellsWhatBecameOfEachStretch() throws Exception {
    Action action = action(1, "* * * * *", MissedPolicy.of(true, 150));
    world.start(action).pass(Duration.ofMinutes(3)); // 10:01 to 10:03 delivered
    world.sleep(Duration.ofSeconds(605)); // 10:04 to 10:10 expired, 10:11, 10:12 merged
    world.pass(Duration.ofMinutes(1));
    assertThat(world.store.ledger())
        .extracting(one -> one.outcome() + " " + one.stretch().count())
        .containsExactly("delivered 3", "expired 7", "merged 2");
    assertThat(world.store.of("1").orElseThrow().account().count()).isEqualTo(2);
  }

  @Test
  void anEditWhileAFireIsInRetryWaitsForItsEnd() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(60));
    world.edit(action(1, "30 * * * * *", EACH));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:01:30");
    assertThat(world.store.versions()).hasSize(1);
  }

  @Test
  void whatAnEndedScheduleHadNotStartedIsSuperseded() throws Exception {
    world.callback.answer(d -> CallbackException.away("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(3));
    world.edit();
    assertThat(world.store.ledger())
        .extracting(one -> one.outcome() + " " + one.stretch().count())
        .containsExactly("superseded 3");
    assertThat(world.store.all()).isEmpty();
  }

  @Test
  void whatFailedForGoodIsHandedToTheDeadLetterCallback() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.store.of("1").orElseThrow().account().outcome()).contains(Outcome.FAILED);
    assertThat(world.store.runs()).extracting(Run::error).containsExactly("no such address");
  }

  @Test
  void aDeadLetterWaitsForItsCallbackAcrossARestart() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.other.answer(d -> CallbackException.away("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    world.stop();
    world.callback.takeAll();
    world.other.takeAll();
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(5));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.delivered()).isEmpty();
  }

  @Test
  void whereOverlapIsAllowedFiresRunSideBySideAndProgressIsBehindTheOldest() throws Exception {
    Action action = action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main");
    world.start(action);
    world.callback.hang();
    for (int second = 1; second <= 2; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring();
      world.awaitAttempts(second); // the callback takes two at a time
    }
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isBefore("2026-03-02T10:00:01Z");
    world.callback.release();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04");
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:04Z");
  }

  @Test
  void aFireInRetryDoesNotHoldUpThoseBesideIt() throws Exception {
    Instant first = Instant.parse("2026-03-02T10:00:01Z");
    world.callback.answer(
        d -> d.fire().scheduledAt().equals(first) ? CallbackException.refused("no", null) : null);
    world.start(action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main"));
    world.pass(Duration.ofMillis(2500));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:02", "1@10:00:03");
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:01").doesNotHaveDuplicates();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isAfter("2026-03-02T10:00:06Z");
  }

  @Test
  void whereOverlapIsAllowedWhatWasMissedRunsSideBySideToo() throws Exception {
    Action action = action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main");
    world.start(action);
    world.stop();
    world.clock.advance(Duration.ofSeconds(5));
    world.callback.hang();
    world.callback.concurrency(6); // half of them for what is late
    world.start(action).ring();
    world.awaitAttempts(3);
    world.callback.release();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes()).hasSize(7).doesNotHaveDuplicates();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:07Z");
  }

  @Test
  void anEditStartsNothingMoreOfTheOldScheduleWhereFiresOverlap() throws Exception {
    world.start(action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main"));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:00:01Z"));
    world.ring();
    world.awaitAttempts(1);
    world.edit(action(1, "0 * * * * *", EACH, Overlap.ALLOW, true, "main"));
    for (int second = 2; second <= 4; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring();
    }
    world.callback.release();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01", "1@10:01:00");
  }

  @Test
  void whatAStopCutsOffIsTriedAgainUnderItsOwnId() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    world.start(action(1, "* * * * *", MERGE), action(2, "* * * * *", ON_TIME_ONLY));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    world.awaitAttempts(2);
    world.stop();
    world.callback.release();
    world.clock.advance(Duration.ofSeconds(150));
    world.start(action(1, "* * * * *", MERGE), action(2, "* * * * *", ON_TIME_ONLY));
    assertThat(world.callback.deliveredTimes()).startsWith("1@10:01:00").contains("1@10:03:00");
    assertThat(world.callback.delivered().get(0).attempt()).isEqualTo(2);
    assertThat(world.store.of("2").orElseThrow().account().outcome()).contains(Outcome.EXPIRED);
    assertThat(world.store.runs())
        .anyMatch(
            run -> run.key().action().text().equals("2") && run.status() == Run.Status.FAILED);
  }
}
