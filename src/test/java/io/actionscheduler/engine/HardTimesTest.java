package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings that changed while this was down, clocks that go back, and what targets remember. */
@Tag("time")
@Timeout(60)
class HardTimesTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action to(int id, String callback) {
    return action(Integer.toString(id), "* * * * *", EACH, callback);
  }

  @Test
  void anActionWhoseCallbackIsGoneFromTheSettingsWaitsAndTheOthersFire() throws Exception {
    world.start(to(1, "other"), to(2, "main"));
    world.pass(Duration.ofSeconds(60));
    world.stop();
    world.start(to(1, "gone"), to(2, "main")); // as its kept form may say
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("2@10:01:00", "2@10:02:00");
    world.edit(to(1, "main"), to(2, "main"));
    world.settle();
    assertThat(world.callback.deliveredTimes()).endsWith("1@10:02:00");
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:02:00Z");
  }

  @Test
  void anActionWithoutItsCallbackThatIsRemovedLeavesNothingBehind() throws Exception {
    world.start(to(1, "other"));
    world.pass(Duration.ofSeconds(60));
    world.stop();
    world.start(to(1, "gone"));
    world.edit();
    world.settle();
    assertThat(world.store.of("1")).isEmpty();
    assertThat(world.store.versions()).hasSize(1);
  }

  @Test
  void anOldTableOfThePythonProgramInventsNothingForAnEditedSchedule() throws Exception {
    Map<ActionId, Instant> weeksAgo = Map.of(ActionId.of(1), Instant.parse("2026-02-02T10:00:00Z"));
    world.start(action(1, "* * * * *", EACH));
    world.stop();
    world.clock.advance(Duration.ofSeconds(10));
    world.start(weeksAgo, action(1, "*/30 * * * * *", EACH));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:30");
  }

  @Test
  void anUnavailableTargetIsProbedThoughTheClockIsSetBack() throws Exception {
    world.callback.answer(d -> CallbackException.unavailableUnknown("gone", null));
    world.start(to(1, "main"));
    world.pass(Duration.ofSeconds(90));
    world.callback.takeAll();
    world.clock.advance(Duration.ofHours(-1));
    world.engine().clockStepped(Duration.ofHours(-1));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).contains("1@10:01:00");
  }

  @Test
  void aFireInRetryIsTriedAgainThoughTheClockGoesBack() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(to(1, "main"));
    world.pass(Duration.ofSeconds(60));
    world.callback.takeAll();
    world.clock.advance(Duration.ofHours(-1));
    world.engine().clockStepped(Duration.ofHours(-1));
    world.pass(Duration.ofSeconds(10));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void aStoreThatFailsIsWrittenToAgainThoughTheClockGoesBack() throws Exception {
    world.start(to(1, "main"));
    world.store.failing(true);
    world.pass(Duration.ofSeconds(60));
    world.store.failing(false);
    world.clock.advance(Duration.ofHours(-1));
    world.engine().clockStepped(Duration.ofHours(-1));
    world.pass(Duration.ofSeconds(3));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:01:00Z");
  }

  @Test
  void whatADeadLetterTargetRemembersIsNotTakenForTheFiresOfAnotherCallback() throws Exception {
    world.deadLetter = Optional.of("other");
    world.other.answer(d -> CallbackException.unavailable("gone", null));
    world.callback.answer(d -> CallbackException.permanent("too large", null));
    world.start(to(1, "main"));
    world.pass(Duration.ofSeconds(60));
    world.stop();
    world.callback.takeAll();
    world.other.takeAll();
    world.other.remember(Map.of("1", Instant.parse("2026-03-02T10:04:00Z")));
    world.clock.advance(Duration.ofSeconds(180));
    world.start(to(1, "main"));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:02:00", "1@10:03:00", "1@10:04:00");
  }

  @Test
  void whatFellDueWhileAFireFailedIsSkippedAsWell() throws Exception {
    world.start(action(1, "* * * * * *", EACH, Overlap.SKIP, true, "main"));
    world.callback.answer(d -> CallbackException.permanent("never", null));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:00:01Z"));
    world.ring();
    world.awaitAttempts(1);
    world.clock.set(Instant.parse("2026-03-02T10:00:05.500Z"));
    world.ring();
    world.callback.release();
    world.settle();
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:06");
    assertThat(world.store.ledger())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("failed 1", "skipped 4");
  }

  @Test
  void aRecordThatTheStoreCannotEvenLookAtIsTriedAgain() throws Exception {
    world.start(to(1, "main"));
    world.store.breaking(new OutOfMemoryError("a fake one"));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.status().storeFailing()).isTrue();
    world.store.breaking(null);
    world.pass(Duration.ofSeconds(3));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:01:00Z");
  }

  @Test
  void noNextFireIsPromisedBeforeProgressIsPassed() throws Exception {
    world.start(to(1, "main"), action(2, "*/5 * * * *", EACH));
    world.pass(Duration.ofMinutes(10));
    world.clock.advance(Duration.ofMinutes(-10));
    world.engine().clockStepped(Duration.ofMinutes(-10));
    world.settle();
    assertThat(world.engine().upcoming(2).get(60, TimeUnit.SECONDS))
        .extracting(next -> next.action().id() + " " + next.nextAt())
        .containsExactly("1 2026-03-02T10:11:00Z", "2 2026-03-02T10:15:00Z");
  }
}
