package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target that holds more than the store: a crash came between deliveries and their record. */
@Tag("time")
@Timeout(60)
class RecallTest {
  private static final Instant CRASHED = Instant.parse("2026-03-02T10:03:00Z");
  private static final Map<String, Instant> HELD =
      Map.of("1", CRASHED, "2", CRASHED, "3", CRASHED, "9", CRASHED);

  private final EngineWorld world = new EngineWorld();
  private final Action[] table = {
    action(1, "* * * * *", MissedPolicy.of(false, -1)),
    action(2, "* * * * *", MissedPolicy.of(true, -1)),
    action(3, "* * * * *", MissedPolicy.of(false, 0)),
  };

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private void crashAndComeBack() throws Exception {
    world.start(table);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(table);
  }

  @Test
  void whatTheTargetHoldsIsNeitherDeliveredNorMergedNorExpired() throws Exception {
    world.callback.remember(HELD);
    crashAndComeBack();
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:04:00", "1@10:05:00", "2@10:05:00");
    assertThat(world.callback.delivered())
        .filteredOn(delivery -> delivery.action().id().text().equals("2"))
        .allMatch(delivery -> delivery.fire().missedCount() == 1);
    assertThat(world.store.of("3").orElseThrow().account().outcome()).contains(Outcome.EXPIRED);
    assertThat(world.store.of("3").orElseThrow().account().count()).isEqualTo(2);
  }

  @Test
  void aTargetThatHoldsNothingChangesNothing() throws Exception {
    world.callback.remember(Map.of());
    crashAndComeBack();
    assertThat(world.callback.deliveredTimes()).contains("1@10:01:00", "2@10:05:00").hasSize(6);
  }

  @Test
  void whileItCannotBeAskedNothingIsDecided() throws Exception {
    world.callback.remember(null);
    crashAndComeBack();
    assertThat(world.callback.attempts()).isEmpty();
    assertThat(world.store.of("3").orElseThrow().account().count()).isZero();
    world.callback.remember(HELD);
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:04:00", "1@10:05:00", "2@10:05:00");
  }

  @Test
  void whatTheTargetHoldsIsInTheStoreAndInTheHistory() throws Exception {
    Action action = action(1, "1-3 10 * * *", MissedPolicy.of(false, -1));
    world.callback.remember(HELD);
    world.start(action);
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(action);
    assertThat(world.callback.attempts()).isEmpty();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo(CRASHED);
    assertThat(world.store.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(Run.Status.SUCCESS))
        .satisfies(
            run ->
                assertThat(run.fires())
                    .isEqualTo(new Stretch(Instant.parse("2026-03-02T10:01:00Z"), CRASHED, 3)))
        .satisfies(
            run ->
                assertThat(run.output())
                    .isEqualTo("detail unrecorded: found delivered at the target"));
  }

  /** The answer to its last attempt was lost with the process. */
  @Test
  void aFireInRetryThatTheTargetHoldsIsNotTriedAgain() throws Exception {
    world.callback.remember(Map.of());
    world.callback.answer(d -> CallbackException.unavailableUnknown("connection lost", null));
    world.start(table[0]);
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.settle();
    world.kill();
    assertThat(world.store.of("1").orElseThrow().open()).isPresent();
    world.callback.remember(HELD);
    world.callback.takeAll();
    world.clock.set(Instant.parse("2026-03-02T10:05:30Z"));
    world.start(table[0]);
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:04:00", "1@10:05:00");
  }
}
