package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edit means for fires that are under way, wait, or were missed. */
@Tag("time")
@Timeout(60)
class EditsUnderWayTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action row(String cron, Overlap overlap, boolean enabled, String callback) {
    return action(1, cron, EACH, overlap, enabled, callback);
  }

  private static Action minutely(boolean enabled) {
    return row("* * * * *", Overlap.QUEUE, enabled, "main");
  }

  /** Until {@code fires} of a secondly action are with the callback, which hangs. */
  private void hangWith(int fires) {
    world.callback.hang();
    for (int second = 1; second <= fires; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring();
      world.awaitAttempts(second);
    }
  }

  @Test
  void aFireInRetryDoesNotSilenceAnActionThatIsDisabledAndComesBackWithAnotherSchedule()
      throws Exception {
    world.start(minutely(true));
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.pass(Duration.ofSeconds(60));
    world.edit(minutely(false));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(90));
    world.edit(row("*/10 * * * * *", Overlap.QUEUE, true, "main"));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:02:40", "1@10:02:50")
        .as("delivered");
  }

  @Test
  void aFireUnderWayThatIsDeliveredWhilePausedCountsAsDelivered() throws Exception {
    world.start(row("* * * * * *", Overlap.QUEUE, true, "main"));
    hangWith(1);
    world.edit(row("* * * * * *", Overlap.QUEUE, false, "main"));
    world.clock.advance(Duration.ofSeconds(3));
    world.edit(row("* * * * * *", Overlap.QUEUE, true, "main"));
    world.callback.release();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:00:01", "1@10:00:05", "1@10:00:06");
    assertThat(world.store.ledger())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("delivered 1", "paused 3");
  }

  @Test
  void aFireUnderWayThatFailsWhilePausedIsNotTriedAgain() throws Exception {
    world.callback.answer(d -> refused("no"));
    world.start(row("* * * * * *", Overlap.QUEUE, true, "main"));
    hangWith(1);
    world.edit(row("* * * * * *", Overlap.QUEUE, false, "main"));
    world.callback.release();
    world.pass(Duration.ofSeconds(3));
    assertThat(world.store.runs())
        .extracting(run -> run.fireId() + " " + run.status() + ": " + run.error())
        .containsExactly("1@2026-03-02T10:00:01Z superseded: no");
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:01Z");
    world.callback.takeAll();
    world.edit(row("* * * * * *", Overlap.QUEUE, true, "main"));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:05", "1@10:00:06");
  }

  @Test
  void whereFiresOverlapDisablingEndsThoseThatWaitAndEnablingGoesOn() throws Exception {
    world.start(row("* * * * * *", Overlap.ALLOW, true, "main"));
    world.callback.answer(
        d -> d.fire().scheduledAt().getEpochSecond() % 2 == 0 ? null : refused("no"));
    world.pass(Duration.ofSeconds(3));
    world.edit(row("* * * * * *", Overlap.ALLOW, false, "main"));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(5));
    world.edit(row("* * * * * *", Overlap.ALLOW, true, "main"));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:00:02", "1@10:00:09", "1@10:00:10");
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:10Z");
  }

  private static CallbackException refused(String why) {
    return CallbackException.refused(why, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theHistoryTellsHowTheFireUnderWayOfARemovedActionEnded(boolean taken) throws Exception {
    world.callback.answer(d -> taken ? null : refused("no such address"));
    world.start(row("* * * * * *", Overlap.QUEUE, true, "main"));
    hangWith(1);
    world.edit();
    world.callback.release();
    world.settle();
    assertThat(world.store.runs())
        .last() // the first tells that it was removed
        .satisfies(run -> assertThat(run.fireId()).hasToString("1@2026-03-02T10:00:01Z"))
        .satisfies(
            run ->
                assertThat(run.status())
                    .isEqualTo(taken ? Run.Status.SUCCESS : Run.Status.SUPERSEDED))
        .satisfies(run -> assertThat(run.error()).isEqualTo(taken ? "" : "no such address"));
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.attempts()).as("it is not tried again").hasSize(1);
  }

  @Test
  void aFireUnderWayIsNotDeliveredAtTheNewCallbackAsWell() throws Exception {
    world.start(row("* * * * * *", Overlap.QUEUE, true, "main"));
    hangWith(1);
    world.edit(row("* * * * * *", Overlap.QUEUE, true, "other"));
    world.clock.advance(Duration.ofSeconds(2));
    assertThat(world.other.attempts()).isEmpty();
    world.callback.release();
    world.settle().pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01");
    assertThat(world.other.deliveredTimes())
        .containsExactly("1@10:00:02", "1@10:00:03", "1@10:00:04");
  }

  @Test
  void whereFiresOverlapWhatIsUnsettledMovesToTheNewCallbackAndNothingElse() throws Exception {
    world.start(row("* * * * * *", Overlap.ALLOW, true, "main"));
    world.callback.answer(
        d -> d.fire().scheduledAt().getEpochSecond() % 2 == 0 ? null : refused("no"));
    world.pass(Duration.ofMillis(3700));
    world.edit(row("* * * * * *", Overlap.ALLOW, true, "other"));
    world.pass(Duration.ofSeconds(4));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:02", "1@10:00:04");
    assertThat(world.other.deliveredTimes())
        .contains("1@10:00:01", "1@10:00:03", "1@10:00:05")
        .doesNotContain("1@10:00:02", "1@10:00:04")
        .doesNotHaveDuplicates();
    assertThat(world.other.delivered())
        .filteredOn(d -> d.fire().scheduledAt().equals(Instant.parse("2026-03-02T10:00:01Z")))
        .allMatch(d -> d.attempt() > 1);
  }

  @Test
  void queueingInsteadOfOverlappingHoldsFromTheEditOn() throws Exception {
    world.callback.concurrency(9);
    world.start(row("* * * * * *", Overlap.ALLOW, true, "main"));
    hangWith(2);
    world.edit(row("* * * * * *", Overlap.QUEUE, true, "main"));
    for (int second = 3; second <= 5; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring().settle();
    }
    assertThat(world.callback.attempts()).hasSize(2);
    world.callback.release();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void aScheduleAndACallbackChangedTogetherLeaveNoTimeUnaccounted() throws Exception {
    world.start(minutely(true));
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.pass(Duration.ofSeconds(300));
    world.edit(row("*/30 * * * * *", Overlap.QUEUE, true, "other"));
    world.pass(Duration.ofSeconds(30));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:05:30");
    assertThat(world.store.ledger())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("superseded 5");
  }

  @Test
  void aTimeBetweenTheReadingOfAnEditAndItsTakingEffectFires() throws Exception {
    world.start(action(1, "* * * * *", EACH), action(2, "0 5 10 * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T10:04:59.900Z"));
    world.settle();
    world.editReadAt(
        Instant.parse("2026-03-02T10:05:00.300Z"),
        action(1, "0 5 10 * * *", EACH),
        action(2, "0 5 10 * * *", EACH));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes()).contains("1@10:05:00", "2@10:05:00");
  }

  @Test
  void aFireInRetryIsTriedToItsEndWhenItsScheduleIsEditedWhileDown() throws Exception {
    world.start(minutely(true));
    world.callback.answer(d -> refused("no"));
    world.pass(Duration.ofSeconds(60));
    world.stop();
    world.callback.takeAll();
    world.clock.advance(Duration.ofSeconds(5));
    world.start(row("*/30 * * * * *", Overlap.QUEUE, true, "main"));
    world.pass(Duration.ofSeconds(30));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:01:30");
    assertThat(world.store.ledger())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("delivered 1");
  }

  @Test
  void aFireThatWasGivenUpFailsWhereNoCallbackForSuchFiresIsLeft() throws Exception {
    world.deadLetter = Optional.of("other");
    world.other.answer(d -> CallbackException.unavailable("gone", null));
    world.callback.answer(d -> CallbackException.permanent("too large", null));
    world.start(minutely(true));
    world.pass(Duration.ofSeconds(60));
    world.stop();
    world.deadLetter = Optional.empty();
    world.callback.takeAll();
    world.start(minutely(true));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:02:00");
    assertThat(world.store.runs())
        .anyMatch(
            run ->
                run.status() == Run.Status.FAILED
                    && run.error().contains("too large")
                    && run.error().contains("not handed to a dead letter"));
  }

  @Test
  void anActionDeletedTwiceWhileTheStoreFailsKeepsItsFirstLifeInTheLedger() throws Exception {
    world.start(minutely(true));
    world.pass(Duration.ofSeconds(60));
    world.store.failing(true);
    world.pass(Duration.ofSeconds(60));
    world.edit();
    world.edit(minutely(true));
    world.pass(Duration.ofSeconds(60));
    world.edit();
    world.store.failing(false);
    world.pass(Duration.ofSeconds(5));
    assertThat(world.store.ledger())
        .filteredOn(entry -> entry.outcome() == Outcome.DELIVERED)
        .extracting(entry -> entry.stretch().count())
        .containsExactly(2L);
  }

  @Test
  void aRetryThatEndsBecauseItsActionIsDisabledIsInTheHistoryWithItsAttempts() throws Exception {
    world.start(minutely(true));
    world.callback.answer(d -> refused("no"));
    world.pass(Duration.ofSeconds(62));
    world.edit(minutely(false));
    assertThat(world.store.runs())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(Run.Status.SUPERSEDED);
              assertThat(run.attempts()).isEqualTo(2);
              assertThat(run.error()).isEqualTo("no");
            });
  }
}
