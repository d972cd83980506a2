package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources begin one by one, at any time, and leave each other alone. */
@Tag("time")
@Timeout(60)
class SeveralSourcesTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private EngineWorld both() throws Exception {
    world.boot();
    world.begin("a", action("a:1", "* * * * *", EACH, "main"));
    return world.begin("b", action("b:1", "* * * * *", EACH, "main"));
  }

  @Test
  void theActionsOfAllOfThemFire() throws Exception {
    both().pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("a:1@10:01:00", "b:1@10:01:00");
    assertThat(world.status().actions()).isEqualTo(2);
  }

  @Test
  void oneThatIsThereLaterCatchesUpFromWhereItWas() throws Exception {
    both().pass(Duration.ofSeconds(60));
    world.stop();
    world.boot().begin("a", action("a:1", "* * * * *", EACH, "main"));
    world.pass(Duration.ofMinutes(2));
    assertThat(world.store.of("b:1")).isPresent();
    world.begin("b", action("b:1", "* * * * *", EACH, "main"));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "a:1@10:01:00",
            "b:1@10:01:00",
            "a:1@10:02:00",
            "a:1@10:03:00",
            "b:1@10:02:00",
            "b:1@10:03:00");
  }

  @Test
  void oneThatIsThereLaterDisturbsNoneOfTheOthersFiresUnderWay() throws Exception {
    world.boot().begin("a", action("a:1", "* * * * *", EACH, "main"));
    world.callback.hang();
    world.pass(Duration.ofSeconds(60));
    world.awaitAttempts(1);
    world.begin("b", action("b:1", "* * * * *", EACH, "other"));
    world.callback.release();
    world.settle().pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("a:1@10:01:00", "a:1@10:02:00");
    assertThat(world.other.deliveredTimes()).containsExactly("b:1@10:02:00");
  }

  @Test
  void whatLeftOneOfThemWhileDownLeavesTheOthersProgress() throws Exception {
    both().pass(Duration.ofSeconds(60));
    world.stop();
    world.boot().begin("a");
    assertThat(world.store.of("a:1")).isEmpty();
    assertThat(world.store.of("b:1")).isPresent();
  }

  @Test
  void aStoreThatCannotBeReadLetsNothingBeginAndItMayBeTriedAgain() throws Exception {
    world.boot().begin("a", action("a:1", "* * * * *", EACH, "main"));
    world.store.unreadable(true);
    assertThatThrownBy(() -> world.begin("b", action("b:1", "* * * * *", EACH, "main")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unreadable");
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("a:1@10:01:00");
    world.store.unreadable(false);
    world.begin("b", action("b:1", "* * * * *", EACH, "main")).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("a:1@10:01:00", "a:1@10:02:00", "b:1@10:02:00");
  }

  @Test
  void listenersAreToldOfEveryRunThatEnded() throws Exception {
    List<Run> runs = new CopyOnWriteArrayList<>();
    world.boot().engine().tell(runs::add);
    world.begin("a", action("a:1", "* * * * *", EACH, "main"));
    world.pass(Duration.ofSeconds(60));
    assertThat(runs)
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(Run.Status.SUCCESS))
        .satisfies(run -> assertThat(run.fireId()).hasToString("a:1@2026-03-02T10:01:00Z"));
  }
}
