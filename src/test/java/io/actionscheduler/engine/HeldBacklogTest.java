package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.run.Backlog;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start finds missed waits for an operator, where the settings say so. */
@Tag("time")
@Timeout(60)
class HeldBacklogTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy SHORT_LIVED = MissedPolicy.of(false, 60);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  /** It was down from 10:00:00 to 10:05:30, so that 10:01 to 10:05 were missed. */
  private void afterADowntime(Action... table) throws Exception {
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    world.start(table);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(table);
  }

  private List<DecidedBacklog> decide(BacklogDecision decision, int id) throws Exception {
    return decide(decision, id, Instant.parse("2026-03-02T10:05:00Z"));
  }

  private List<DecidedBacklog> decide(BacklogDecision decision, int id, Instant upTo)
      throws Exception {
    List<DecidedBacklog> decided =
        List.of(
            new DecidedBacklog(
                new ProgressKey(ActionId.of(id), "main"), upTo, decision, world.clock.instant()));
    world.store.keepDecisions(decided, List.of());
    List<DecidedBacklog> taken = world.engine().decide(decided).get(60, TimeUnit.SECONDS);
    world.settle();
    return taken;
  }

  @Test
  void nothingOfWhatWasMissedGoesOutBeforeSomebodyDecides() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH), action(2, "*/10 * * * *", EACH));
    world.pass(Duration.ofMinutes(5));
    assertThat(world.callback.deliveredTimes()).containsExactly("2@10:10:00");
    assertThat(world.status().held()).isEqualTo(1);
    assertThat(world.status().hold().orElseThrow().until()).isEqualTo("2026-03-02T10:15:30Z");
    assertThat(world.engine().backlog().get(60, TimeUnit.SECONDS))
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.action().id()).isEqualTo(ActionId.of(1));
              assertThat(held.upTo()).isEqualTo("2026-03-02T10:05:00Z");
            });
  }

  @Test
  void deliveredOnesGoOutOneByOneHoweverOldAndThenTheActionGoesOn() throws Exception {
    afterADowntime(action(1, "* * * * *", SHORT_LIVED));
    world.pass(Duration.ofSeconds(45)); // 10:06 waits behind them
    assertThat(decide(BacklogDecision.DELIVER, 1)).hasSize(1);
    assertThat(world.callback.deliveredTimes())
        .containsExactly(
            "1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00", "1@10:05:00", "1@10:06:00");
    assertThat(world.status().hold()).isEmpty();
  }

  @Test
  void mergedOnesGoOutAsTheLastOfThem() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    decide(BacklogDecision.MERGE, 1);
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:05:00");
    assertThat(world.callback.delivered().get(0).fire().cause()).isEqualTo(Cause.CATCH_UP);
    assertThat(world.callback.delivered().get(0).fire().missedCount()).isEqualTo(4);
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).endsWith("1@10:06:00");
  }

  @Test
  void droppedOnesAreInTheLedgerAsDroppedAndNeverGoOut() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    decide(BacklogDecision.DROP, 1);
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:06:00");
    assertThat(world.store.ledger())
        .extracting(one -> one.outcome() + " " + one.stretch().count())
        .containsExactly("dropped 5");
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.DROPPED)
        .extracting(run -> run.fires().count())
        .containsExactly(5L);
  }

  @Test
  void theFireBehindDroppedOnesGoesOutAtOnce() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(45)); // 10:06 waits behind them
    decide(BacklogDecision.DROP, 1);
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:06:00");
  }

  @Test
  void whatIsDroppedDoesNotWaitForItsCallback() throws Exception {
    world.callback.concurrency(1);
    afterADowntime(action(1, "1-5 * * * *", EACH), action(2, "6 * * * *", EACH));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:06:00Z"));
    world.ring();
    world.awaitAttempts(1);
    decide(BacklogDecision.DROP, 1);
    assertThat(world.status().waiting()).isZero();
  }

  @Test
  void whatIsDroppedNeedsNoTarget() throws Exception {
    world.callback.answer(fire -> CallbackException.unavailable("away", null));
    afterADowntime(action(1, "* * * * *", EACH));
    decide(BacklogDecision.DROP, 1);
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:05:00Z");
  }

  @Test
  void whereNobodyDecidesInTimeEachGoesOnByItsRow() throws Exception {
    afterADowntime(
        action(1, "* * * * *", MERGE), action(2, "* * * * *", MissedPolicy.of(false, 0)));
    world.pass(Duration.ofMinutes(11));
    assertThat(world.callback.deliveredTimes())
        .contains("1@10:16:00", "2@10:16:00")
        .doesNotContain("1@10:05:00", "2@10:05:00");
    assertThat(world.status().hold()).isEmpty();
  }

  /** A source that comes later is held as long, and shortens or lengthens no other's time. */
  @Test
  void eachSourceIsHeldFromItsOwnBeginning() throws Exception {
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    Action early = action("a:1", "* * * * *", MERGE, "main");
    Action late = action("b:1", "* * * * *", MERGE, "main");
    world.boot().begin("a", early).begin("b", late);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.boot().begin("a", early).pass(Duration.ofMinutes(4));
    world.begin("b", late);
    assertThat(world.status().hold().orElseThrow().until()).isEqualTo("2026-03-02T10:15:30Z");
    assertThat(world.status().held()).isEqualTo(2);
    world.pass(Duration.ofMinutes(7));
    assertThat(world.callback.deliveredTimes())
        .contains("a:1@10:16:00")
        .noneMatch(id -> id.startsWith("b:1"));
    assertThat(world.status().hold().orElseThrow().until()).isEqualTo("2026-03-02T10:19:30Z");
    world.pass(Duration.ofMinutes(4));
    assertThat(world.callback.deliveredTimes()).contains("b:1@10:20:00");
    assertThat(world.status().hold()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(BacklogDecision.class)
  void aDecisionIsOnTheFiresThatItNamesAndOnNoOthers(BacklogDecision decision) throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    decide(decision, 1, Instant.parse("2026-03-02T10:02:00Z"));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:02:00Z");
    assertThat(world.status().held()).isEqualTo(1);
    decide(BacklogDecision.DROP, 1);
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:05:00Z");
  }

  @Test
  void aRestartKeepsWhatIsDecidedAndHoldsWhatIsNot() throws Exception {
    Action[] table = {action(1, "* * * * *", EACH), action(2, "* * * * *", EACH)};
    afterADowntime(table);
    world.callback.answer(fire -> CallbackException.unavailable("away", null));
    decide(BacklogDecision.DELIVER, 1);
    world.kill();
    world.callback.takeAll();
    world.clock.set(Instant.parse("2026-03-02T10:07:30Z"));
    world.start(table);
    world.pass(Duration.ofSeconds(70)); // its target is looked at again
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00", "1@10:05:00");
    assertThat(world.engine().backlog().get(60, TimeUnit.SECONDS))
        .extracting(held -> held.action().id() + " up to " + held.upTo())
        .containsExactly("1 up to 2026-03-02T10:07:00Z", "2 up to 2026-03-02T10:07:00Z");
  }

  @Test
  void aDecisionThatIsMadeTwiceCountsOnce() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    decide(BacklogDecision.DROP, 1);
    assertThat(decide(BacklogDecision.DELIVER, 1)).isEmpty();
    assertThat(world.callback.delivered()).isEmpty();
  }

  @Test
  void anActionThatIsDisabledOrRemovedIsHeldNoLonger() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH), action(2, "* * * * *", EACH));
    world.edit(action(1, "* * * * *", EACH, Overlap.QUEUE, false, "main"));
    assertThat(world.status().hold()).isEmpty();
    assertThat(world.callback.delivered()).isEmpty();
  }

  @Test
  void firesThatMayOverlapAreHeldAndOrderedAsWell() throws Exception {
    afterADowntime(action(1, "* * * * *", SHORT_LIVED, Overlap.ALLOW, true, "main"));
    world.pass(Duration.ofSeconds(45));
    assertThat(world.callback.delivered()).isEmpty();
    decide(BacklogDecision.DELIVER, 1);
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00", "1@10:05:00", "1@10:06:00");
  }

  @Test
  void aFireInRetryGoesOnAndOnlyWhatLiesBehindItIsHeld() throws Exception {
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    world.callback.answer(fire -> CallbackException.refused("not now", null));
    world.start(action(1, "* * * * *", EACH));
    world.clock.set(Instant.parse("2026-03-02T10:01:00.100Z"));
    world.ring().settle();
    world.stop();
    world.callback.takeAll();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(action(1, "* * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.status().held()).isEqualTo(1);
    decide(BacklogDecision.DROP, 1);
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:05:00Z");
  }

  @Test
  void theLogTellsHowMuchEachSourceHoldsAndThatNobodyDecided() throws Exception {
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    Action[] early = {
      action("a:1", "* * * * *", MERGE, "main"), action("a:2", "* * * * *", MERGE, "main")
    };
    Action late = action("b:1", "* * * * *", MERGE, "main");
    world.boot().begin("a", early).begin("b", late);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    try (Logged log = Logged.of(Backlog.class)) {
      world.boot().begin("a", early).begin("b", late);
      assertThat(log.lines())
          .extracting(line -> line.substring(0, line.indexOf(':')))
          .containsExactly(
              "a backlog of 10 missed fires of 2 actions is held until 2026-03-02T10",
              "a backlog of 5 missed fires of 1 actions is held until 2026-03-02T10");
      log.clear();
      world.pass(Duration.ofMinutes(11));
      assertThat(log.lines())
          .extracting(line -> line.substring(0, line.indexOf(" in time")))
          .containsExactly(
              "nobody decided on the backlog of 2 actions",
              "nobody decided on the backlog of 1 actions");
    }
  }

  @Test
  void whereEverythingWasDecidedInTimeTheLogTellsNothingMore() throws Exception {
    afterADowntime(action(1, "* * * * *", EACH));
    decide(BacklogDecision.DROP, 1);
    try (Logged log = Logged.of(Backlog.class)) {
      world.pass(Duration.ofMinutes(11));
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void whatWasDecidedCountsThoughTheSettingIsGoneAtTheNextStart() throws Exception {
    Action[] table = {action(1, "* * * * *", SHORT_LIVED)};
    afterADowntime(table);
    world.callback.answer(fire -> CallbackException.unavailable("gone", null));
    decide(BacklogDecision.DELIVER, 1);
    world.kill();
    world.callback.takeAll();
    world.holdBacklog = Optional.empty();
    world.start(table);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00", "1@10:05:00");
  }

  @Test
  void aClockThatIsSetBackHoldsThemNoLonger() throws Exception {
    afterADowntime(action(1, "* * * * *", MERGE));
    world.pass(Duration.ofMinutes(4));
    world.clock.advance(Duration.ofHours(-1));
    world.engine().clockStepped(Duration.ofHours(-1));
    world.settle();
    assertThat(world.status().hold().orElseThrow().until()).isEqualTo("2026-03-02T09:15:30Z");
    world.pass(Duration.ofMinutes(7));
    assertThat(world.status().hold()).isEmpty();
  }

  @Test
  void aDecisionOnFiresThatAreNotHeldHasNoEffect() throws Exception {
    afterADowntime(
        action(1, "* * * * *", EACH), action(2, "* * * * *", EACH), action(3, "* * * * *", EACH));
    assertThat(decide(BacklogDecision.DROP, 1, Instant.parse("2026-03-02T10:00:00Z"))).isEmpty();
    assertThat(world.status().held()).isEqualTo(3);
    world.edit(
        action(1, "* * * * *", EACH, Overlap.QUEUE, false, "main"),
        action(2, "* * * * *", EACH),
        action(3, "* * * * *", EACH));
    assertThat(decide(BacklogDecision.DROP, 1)).as("it is disabled").isEmpty();
    assertThat(decide(BacklogDecision.DROP, 4)).as("there is none").isEmpty();
    assertThat(world.status().held()).isEqualTo(2);
  }

  /** Late fires go out in the order in which they expire; what an operator wants never expires. */
  @Test
  void deliveredOnesComeAfterThoseThatExpire() throws Exception {
    world.callback.concurrency(1);
    world.catchUpRate = Optional.of(1); // one by one, so that nothing overtakes
    afterADowntime(
        action(1, "1 * * * *", SHORT_LIVED), action(2, "2 * * * *", MissedPolicy.of(false, 900)));
    Instant upTo = Instant.parse("2026-03-02T10:05:00Z");
    List<DecidedBacklog> decided =
        List.of(
            new DecidedBacklog(
                new ProgressKey(ActionId.of(1), "main"), upTo, BacklogDecision.DELIVER, upTo),
            new DecidedBacklog(
                new ProgressKey(ActionId.of(2), "main"), upTo, BacklogDecision.RULE, upTo));
    world.store.keepDecisions(decided, List.of());
    world.engine().decide(decided).get(60, TimeUnit.SECONDS);
    world.settle().pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes()).containsExactly("2@10:02:00", "1@10:01:00");
  }

  @Test
  void withoutTheSettingNothingIsHeld() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:02:30Z"));
    world.start(action(1, "* * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
  }

  @Test
  void aMachineThatSleptHoldsNothing() throws Exception {
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    world.start(action(1, "* * * * *", EACH));
    world.sleep(Duration.ofMinutes(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
  }
}
