package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Actions that are edited, sent elsewhere, disabled and removed. */
@Tag("time")
@Timeout(60)
class EditsTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  @Test
  void anEditOfOneActionLeavesTheOthersAlone() throws Exception {
    Action other = action(2, "* * * * *", EACH);
    world.start(action(1, "* * * * *", EACH), other).pass(Duration.ofSeconds(60));
    world.edit(action(1, "30 * * * * *", EACH), other).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:01:00", "2@10:01:00", "1@10:01:30", "2@10:02:00");
  }

  @Test
  void anEditedScheduleInventsNothingForThePast() throws Exception {
    world.start(action(1, "0 0 * * *", EACH));
    world.stop();
    world.clock.advance(Duration.ofMinutes(30));
    world.start(action(1, "* * * * *", EACH));
    assertThat(world.callback.delivered()).isEmpty();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:31:00");
  }

  @Test
  void aRemovedActionFiresNoMoreAndLeavesNothingBehind() throws Exception {
    world.start(action(1, "* * * * *", EACH), action(2, "* * * * *", EACH));
    world.edit(action(2, "* * * * *", EACH)).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("2@10:01:00");
    assertThat(world.store.of("1")).isEmpty();
  }

  @Test
  void aDisabledActionPausesAndGoesOnWithoutCatchUp() throws Exception {
    world.start(action(1, "* * * * *", EACH));
    world.edit(action(1, "* * * * *", EACH, Overlap.QUEUE, false, "main"));
    world.pass(Duration.ofMinutes(3));
    assertThat(world.callback.delivered()).isEmpty();
    world.stop();
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:04:00");
  }

  @Test
  void anActionSentElsewhereTakesWhatIsUnsettledAlong() throws Exception {
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(2));
    world.edit(action(1, "* * * * *", EACH, Overlap.QUEUE, true, "other"));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    assertThat(world.store.all()).hasSize(1);
  }

  @Test
  void anEditWhileAFireIsInRetryWaitsForItsEnd() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofSeconds(60));
    world.edit(action(1, "30 * * * * *", EACH));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:01:30");
    assertThat(world.store.versions()).hasSize(1);
  }

  @Test
  void whatAnEndedScheduleHadNotStartedIsSuperseded() throws Exception {
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(3));
    world.edit();
    assertThat(world.store.ledger())
        .extracting(one -> one.outcome() + " " + one.stretch().count())
        .containsExactly("superseded 3");
    assertThat(world.store.all()).isEmpty();
  }
}
