package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.MissedPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start with a store that can be read and takes nothing, as on a full disk. */
@Tag("time")
@Timeout(60)
class FailingStoreAtStartTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
    assertThat(world.defects).isEmpty();
  }

  @Test
  void whatIsStoredAndWhatWasEditedFiresAndOnlyNewActionsWaitForTheStore() throws Exception {
    world.start(action(1, "* * * * * *", EACH), action(2, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(1));
    world.stop();
    world.store.failing(true);
    world
        .boot()
        .begin(
            action(1, "* * * * * *", EACH),
            action(2, "*/2 * * * * *", EACH),
            action(3, "* * * * * *", EACH))
        .pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "1@10:00:01",
            "2@10:00:01",
            "1@10:00:02",
            "1@10:00:03",
            "1@10:00:04",
            "2@10:00:02",
            "2@10:00:04");

    world.store.failing(false);
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .contains("1@10:00:05", "2@10:00:06", "3@10:00:02", "3@10:00:06");
  }
}
