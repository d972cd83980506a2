package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fires that are due some time behind their scheduled time. */
@Tag("time")
@Timeout(60)
class JitterTest {
  private static final String EACH_MINUTE =
      "{\"format\": \"apscheduler\", \"params\": {\"second\": \"0\", \"jitter\": 20}}";
  private static final MissedPolicy ON_TIME_ONLY = MissedPolicy.of(false, 0);
  private static final Duration JITTER = Duration.ofSeconds(20);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  /** To the next whole millisecond, and there it rings. */
  private void goTo(Instant at) {
    world.clock.set(at);
    world.settle();
  }

  @Test
  void aFireIsDueBehindItsTimeAndBearsItsTime() throws Exception {
    Action action = action(1, EACH_MINUTE, ON_TIME_ONLY);
    world.start(action);
    for (int minute = 1; minute <= 10; minute++) {
      Instant scheduledAt = Instant.parse("2026-03-02T10:00:00Z").plusSeconds(60L * minute);
      Instant dueAt = Jitter.due(action, scheduledAt);
      assertThat(dueAt).isBetween(scheduledAt, scheduledAt.plus(JITTER));
      goTo(dueAt.minusMillis(1));
      assertThat(world.callback.delivered()).hasSize(minute - 1);
      goTo(dueAt);
      assertThat(world.callback.delivered()).hasSize(minute);
      Delivery delivery = world.callback.delivered().get(minute - 1);
      assertThat(delivery.fire().id()).hasToString("1@" + scheduledAt);
      assertThat(delivery.fire().scheduledAt()).isEqualTo(scheduledAt);
      assertThat(delivery.fire().cause()).isEqualTo(Cause.SCHEDULE);
      assertThat(delivery.startedAt()).isEqualTo(dueAt);
    }
  }

  @Test
  void actionsOfOneScheduleAreSpreadOverTheJitter() throws Exception {
    Action[] table =
        IntStream.rangeClosed(1, 50)
            .mapToObj(id -> action(id, EACH_MINUTE, ON_TIME_ONLY))
            .toArray(Action[]::new);
    world.start(table);
    world.pass(Duration.ofSeconds(82));
    List<Delivery> delivered = world.callback.delivered();
    assertThat(delivered).hasSize(50);
    Set<Long> seconds = new HashSet<>();
    delivered.forEach(one -> seconds.add(one.startedAt().getEpochSecond()));
    assertThat(seconds).hasSizeGreaterThan(10);
    assertThat(delivered)
        .allMatch(one -> one.fire().scheduledAt().equals(Instant.parse("2026-03-02T10:01:00Z")));
  }

  @Test
  void aStopBetweenTheTwoTimesNeitherLosesNorRepeatsNorMovesIt() throws Exception {
    Action action = action(4, EACH_MINUTE, ON_TIME_ONLY);
    Instant scheduledAt = Instant.parse("2026-03-02T10:01:00Z");
    Instant dueAt = Jitter.due(action, scheduledAt);
    assertThat(dueAt).isAfter(scheduledAt.plusSeconds(2));
    world.start(action);
    goTo(scheduledAt.plusSeconds(1));
    world.stop();
    world.start(action);
    assertThat(world.callback.delivered()).isEmpty();
    goTo(dueAt);
    world.stop();
    world.start(action).pass(Duration.ofSeconds(30));
    assertThat(world.callback.deliveredTimes()).containsExactly("4@10:01:00");
  }

  @Test
  void whatWasMissedIsJudgedByWhenItWasDue() throws Exception {
    Action action = action(4, EACH_MINUTE, ON_TIME_ONLY);
    Instant dueAt = Jitter.due(action, Instant.parse("2026-03-02T10:01:00Z"));
    world.start(action);
    goTo(dueAt.plusSeconds(1)); // late, but by no more than the second that counts as on time
    assertThat(world.callback.deliveredTimes()).containsExactly("4@10:01:00");
    assertThat(world.callback.delivered().get(0).fire().cause()).isEqualTo(Cause.SCHEDULE);
  }
}
