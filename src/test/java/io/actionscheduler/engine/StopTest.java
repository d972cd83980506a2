package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.MissedPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time")
class StopTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void onceStoppedNothingStartsWhateverElseIsClosedFirst() throws Exception {
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    world.engine().stop();
    world.ring().pass(Duration.ofSeconds(5)).ring().settle();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01", "1@10:00:02");
    world.stop();
    world.start(action(1, "* * * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:07").hasSize(7);
  }
}
