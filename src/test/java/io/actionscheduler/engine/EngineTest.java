package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.fire.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fires at their times, whatever the clock and the store do. */
@Tag("time")
@Timeout(60)
class EngineTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
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
  void theEngineIsAskedForProgressOnlyWhileSomeIsAheadOfTheClock() throws Exception {
    world.start(action(1, "* * * * *", EACH), action(2, "0 0 1 1 *", EACH));
    world.pass(Duration.ofMinutes(2));
    List<ActionId> both = List.of(ActionId.of(1), ActionId.of(2));
    assertThat(world.ahead(both, world.clock.instant())).isCompletedWithValue(Map.of());
    Instant settled = world.store.of("1").orElseThrow().settledUntil();
    Instant earlier = settled.minusSeconds(3_600); // as after the clock was set back
    assertThat(world.ahead(both, earlier))
        .succeedsWithin(Duration.ofSeconds(60))
        .satisfies(until -> assertThat(until).containsEntry(ActionId.of(1), settled));
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
}
