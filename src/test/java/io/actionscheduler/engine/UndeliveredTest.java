package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fires that are refused, fail for good, or do not reach their target. */
@Tag("time")
@Timeout(60)
class UndeliveredTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy ON_TIME_ONLY = MissedPolicy.of(false, 0);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
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
  void anUnavailableTargetUsesUpNoRetriesAndTheRuleForMissedFiresAppliesOnceItIsBack()
      throws Exception {
    world.callback.answer(d -> CallbackException.unavailable("connection refused", null));
    world.start(action(1, "* * * * *", MERGE), action(2, "* * * * *", EACH));
    world.pass(Duration.ofMinutes(10));
    assertThat(world.status().unavailable()).containsExactly("main");
    assertThat(world.callback.attempts().size())
        .isBetween(5, 25); // probes, further and further apart
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(70));
    assertThat(world.status().unavailable()).isEmpty();
    assertThat(world.callback.deliveredTimes().stream().filter(id -> id.startsWith("2@")))
        .containsSubsequence("2@10:01:00", "2@10:02:00", "2@10:09:00", "2@10:10:00");
    List<Delivery> merged =
        world.callback.delivered().stream()
            .filter(delivery -> delivery.action().id().equals(ActionId.of(1)))
            .toList();
    assertThat(merged)
        .extracting(FakeCallback::shortId)
        .containsExactly("1@10:10:00", "1@10:11:00");
    assertThat(merged.get(0).fire().missedCount()).isEqualTo(9);
  }

  /** Probes of an unavailable target are no retries: all of those are left when it refuses. */
  @Test
  void aFireHasAllItsRetriesLeftWhenItsTargetIsAvailableAgain() throws Exception {
    world.callback.answer(d -> CallbackException.unavailableUnknown("connection lost", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(75));
    List<Delivery> refused = new CopyOnWriteArrayList<>();
    world.callback.answer(
        delivery -> {
          refused.add(delivery);
          return CallbackException.refused("no", null);
        });
    world.pass(Duration.ofSeconds(40));
    assertThat(refused)
        .extracting(FakeCallback::shortId)
        .containsExactly("1@10:01:00", "1@10:01:00", "1@10:01:00");
  }

  @Test
  void aFireThatMayHaveGotThroughIsRepeatedUnderItsOwnId() throws Exception {
    world.callback.answer(d -> CallbackException.unavailableUnknown("connection lost", null));
    world.start(action(1, "* * * * *", MERGE)).pass(Duration.ofMinutes(1));
    world.callback.takeAll();
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.deliveredTimes()).startsWith("1@10:01:00");
    assertThat(world.callback.delivered().get(0).attempt()).isGreaterThan(1);
  }

  @Test
  void whatFailedForGoodIsHandedToTheDeadLetterCallback() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.attempts()).noneMatch(Delivery::deadLetter);
    assertThat(world.other.delivered()).allMatch(Delivery::deadLetter);
    assertThat(world.store.of("1").orElseThrow().account().outcome()).contains(Outcome.FAILED);
    assertThat(world.store.runs()).extracting(Run::error).containsExactly("no such address");
  }

  @Test
  void aDeadLetterWaitsForItsCallbackAcrossARestart() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.other.answer(d -> CallbackException.unavailable("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    world.stop();
    world.callback.takeAll();
    world.other.takeAll();
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(5));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.delivered()).isEmpty();
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

  @Test
  void theLogTellsWhyAFireIsRefusedWhenItIsTriedAgainAndThatItFailed() throws Exception {
    world.callback.answer(d -> CallbackException.refused("queue is full", null));
    try (Logged log = Logged.of(FireLog.class)) {
      world.start(action(1, "1 10 * * *", EACH)).pass(Duration.ofSeconds(70));
      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().get(0))
          .startsWith(
              "action 1 \"name1\": fire 1@2026-03-02T10:01:00Z refused at attempt 1, next try at"
                  + " 2026-03-02T10:01:0")
          .endsWith(": queue is full");
      assertThat(log.lines().get(1)).contains("refused at attempt 2, next try at");
      assertThat(log.lines().get(2))
          .isEqualTo(
              "action 1 \"name1\": fire 1@2026-03-02T10:01:00Z failed permanently after 3 attempts:"
                  + " all 2 retries failed: queue is full");
    }
  }

  @Test
  void theStatusCountsWhatWasDeliveredAndNothingElse() throws Exception {
    world.callback.answer(
        d ->
            d.fire().scheduledAt().equals(Instant.parse("2026-03-02T10:02:00Z"))
                ? CallbackException.permanent("no such address", null)
                : null);
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(4));
    assertThat(world.status().delivered()).isEqualTo(3);
  }
}
