package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An action that names several callbacks: each fire goes to each, and is settled there by itself.
 */
@Tag("time")
@Timeout(60)
class FanOutTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action both() {
    return action("1", "* * * * *", EACH, "main", "other");
  }

  private Progress progress(String callback) {
    return world.store.all().stream()
        .filter(one -> one.key().callback().equals(callback))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyFireGoesToEach() throws Exception {
    world.start(both()).pass(Duration.ofMinutes(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
  }

  @Test
  void oneThatRefusesHoldsUpTheOtherNeverAndIsTriedAgainAlone() throws Exception {
    world.other.answer(delivery -> CallbackException.refused("no", null));
    world.start(both()).pass(Duration.ofSeconds(61));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(progress("main").open()).isEmpty();
    assertThat(progress("other").open()).isPresent();
    world.other.takeAll();
    world.pass(Duration.ofSeconds(3));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.callback.attempts()).hasSize(1);
  }

  @Test
  void oneThatRefusesForGoodHasFailedThereAlone() throws Exception {
    world.other.answer(delivery -> CallbackException.permanent("never", null));
    world.start(both()).pass(Duration.ofSeconds(60));
    assertThat(world.store.runs())
        .extracting(run -> run.key().callback() + " " + run.status())
        .containsExactlyInAnyOrder("main success", "other failed");
    assertThat(world.store.runs())
        .extracting(Run::fireId)
        .containsOnly(world.store.runs().get(0).fireId());
  }

  @Test
  void oneThatIsAwayCatchesUpAloneAfterARestart() throws Exception {
    world.other.answer(delivery -> CallbackException.unavailable("gone", null));
    world.start(both()).pass(Duration.ofMinutes(3));
    world.stop();
    world.other.takeAll();
    world.start(both());
    assertThat(world.callback.attempts()).hasSize(3);
    assertThat(world.other.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00");
  }

  @Test
  void oneThatIsNamedLaterGetsWhatIsDueFromThenOn() throws Exception {
    world.start(action("1", "* * * * *", EACH, "main")).pass(Duration.ofSeconds(60));
    world.edit(both()).pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:02:00");
  }

  @Test
  void oneThatIsNamedNoMoreGetsNothingMoreAndTheOtherGoesOn() throws Exception {
    world.other.answer(delivery -> CallbackException.refused("no", null));
    world.start(both()).pass(Duration.ofSeconds(61));
    int attempts = world.other.attempts().size();
    world.edit(action("1", "* * * * *", EACH, "main")).pass(Duration.ofSeconds(60));
    assertThat(world.other.attempts()).hasSize(attempts);
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    assertThat(world.store.all()).hasSize(1);
  }
}
