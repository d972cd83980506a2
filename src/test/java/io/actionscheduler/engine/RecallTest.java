package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.fire.Outcome;
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
}
