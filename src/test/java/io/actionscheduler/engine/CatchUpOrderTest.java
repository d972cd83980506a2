package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order a target that is back is given what waited for it. */
@Tag("time")
@Timeout(60)
class CatchUpOrderTest {
  private static final MissedPolicy FOR_EVER = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  /** Each fires once in the quarter of an hour that the target is away. */
  private static Action[] table() {
    return new Action[] {
      action(1, "4 * * * *", FOR_EVER),
      action(2, "2 * * * *", FOR_EVER),
      action(3, "3 * * * *", MissedPolicy.of(true, 7_200)), // until 12:03
      action(4, "5 * * * *", MissedPolicy.of(false, 3_600)), // until 11:05
      action(5, "1 * * * *", MissedPolicy.of(false, 5_400)), // until 11:31
      action(6, "3 * * * *", FOR_EVER),
    };
  }

  private static final List<String> SOONEST_TO_EXPIRE_FIRST =
      List.of("4@10:05:00", "5@10:01:00", "3@10:03:00", "2@10:02:00", "6@10:03:00", "1@10:04:00");

  @Test
  void whatExpiresSoonestGoesFirstAndWhatNeverExpiresLastByItsTime() throws Exception {
    world.callback.concurrency(1);
    world.catchUpRate = Optional.of(1); // one by one, so that nothing overtakes
    world.callback.answer(d -> CallbackException.unavailable("connection refused", null));
    world.start(table()).pass(Duration.ofMinutes(15));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(90));
    // What felt for the target while it was away is the first to get through.
    String probe = world.callback.deliveredTimes().get(0);
    assertThat(world.callback.deliveredTimes().subList(1, 6))
        .isEqualTo(SOONEST_TO_EXPIRE_FIRST.stream().filter(each -> !each.equals(probe)).toList());
  }

  @Test
  void soItIsAfterDowntime() throws Exception {
    world.callback.concurrency(1);
    world.start(table());
    world.stop();
    world.clock.advance(Duration.ofMinutes(15));
    world.start(table());
    assertThat(world.callback.deliveredTimes()).isEqualTo(SOONEST_TO_EXPIRE_FIRST);
  }
}
