package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was missed, for whatever reason, and how it is accounted for. */
@Tag("time")
@Timeout(60)
class CatchUpTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy ON_TIME_ONLY = MissedPolicy.of(false, 0);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
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
  void theCapOnCatchingUpExpiresTheOldest() throws Exception {
    world.catchUpMax = Optional.of(2L);
    world.start(action(1, "* * * * *", EACH));
    try (Logged log = Logged.of(FireLog.class)) {
      world.sleep(Duration.ofSeconds(605));
      assertThat(log.lines()).singleElement().asString().contains("8", "expired");
    }
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:09:00", "1@10:10:00");
  }

  @Test
  void whereAllIsTooOldTheCallbackIsHandedNothing() throws Exception {
    world.start(action(1, "* * * * *", ON_TIME_ONLY));
    world.sleep(Duration.ofSeconds(330));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:05:00Z");
    assertThat(world.callback.hadNothingToDeliver()).isFalse();
  }

  /** One is delivered at once, then one each half second; the tenth is the last missed one. */
  @Test
  void lateFiresKeepToTheirRate() throws Exception {
    world.catchUpRate = Optional.of(2);
    world.start(action(1, "*/10 * * * * *", EACH));
    world.sleep(Duration.ofSeconds(100)); // ten missed
    List<Integer> delivered = new ArrayList<>(List.of(world.callback.delivered().size()));
    for (int half = 1; half <= 10; half++) {
      world.pass(Duration.ofMillis(500));
      delivered.add(world.callback.delivered().size());
    }
    assertThat(delivered).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10);
  }

  /** Fires that are on time are not counted against the rate, nor do they wait for late ones. */
  @Test
  void theRateOfLateFiresHoldsUpNoneThatIsOnTime() throws Exception {
    world.catchUpRate = Optional.of(1);
    world.start(action(1, "*/10 * * * * *", EACH));
    world.sleep(Duration.ofSeconds(100));
    world.edit(
        action(1, "*/10 * * * * *", EACH),
        action(2, "* * * * * *", EACH),
        action(3, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes())
        .contains("2@10:01:41", "3@10:01:41", "2@10:01:42", "3@10:01:42", "2@10:01:43");
    assertThat(world.callback.deliveredTimes().stream().filter(id -> id.startsWith("1@")))
        .hasSize(4);
  }

  /** Its only place is taken; each minute brings a further fire of the action that waits. */
  @Test
  void anActionWaitsOnceHoweverManyOfItsFiresAreDue() throws Exception {
    world.callback.concurrency(1);
    world.start(action(1, "1 10 * * *", EACH), action(2, "3-59 10 * * *", EACH));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    world.awaitAttempts(1);
    world.sleep(Duration.ofMinutes(4)).pass(Duration.ofMinutes(2));
    assertThat(world.status().waiting()).isEqualTo(1);
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
}
