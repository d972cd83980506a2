package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  /** The parts of the scheduler are closed one after another, while the engine still has turns. */
  @Test
  void onceStoppedNothingStartsThoughTheOtherPartsAreStillOpen() throws Exception {
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    world.engine().stop();
    world.ring().pass(Duration.ofSeconds(5)).ring().settle();
    world.edit(action(1, "* * * * * *", EACH), action(2, "* * * * * *", EACH));
    world.engine().clockStepped(Duration.ofSeconds(5));
    world.ring().settle();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01", "1@10:00:02");
    world.stop();
    world.start(action(1, "* * * * * *", EACH));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:07").hasSize(7);
  }

  @Test
  void whatIsNotItsOwnAnyMoreIsNotSentAndGoesOnWhenItIsAgain() throws Exception {
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    world.store.owned(false); // as after a sleep that was longer than the lease
    world.pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01", "1@10:00:02");
    world.store.owned(true);
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .startsWith("1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04", "1@10:00:05");
  }

  @Test
  void aDropCutsOffWhatIsUnderWayWaitsForNothingAndTellsOfNoLoss() throws Exception {
    world.shutdownTimeout = Duration.ofHours(1); // which would outlast the test
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(1));
    world.store.failing(true); // it belongs to another process
    world.callback.hang();
    world.clock.advance(Duration.ofSeconds(1));
    world.ring();
    world.awaitAttempts(2);
    try (Logged shutdown = Logged.of("io.actionscheduler.engine.Shutdown")) {
      world.engine().drop();
      world.stop();
      assertThat(shutdown.lines()).isEmpty();
    }
    assertThat(world.engine().hasLostRecords()).isFalse();
    assertThat(world.defects).isEmpty();
  }

  @Test
  void aStopThatTheStoreHoldsUpNamesTheStoreAndTellsThatRecordsAreLost() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(1));
    world.store.slow(true); // as one that is locked
    try (Logged shutdown = Logged.of("io.actionscheduler.engine.Shutdown")) {
      world.clock.advance(Duration.ofSeconds(1));
      world.ring();
      await().until(() -> world.callback.delivered().size() == 2);
      world.stop();
      assertThat(shutdown.lines()).hasSize(2);
      assertThat(shutdown.lines().get(0))
          .contains("fake store", "has not taken the records of 1 actions");
      assertThat(shutdown.lines().get(1))
          .contains("the last records could not be written to the fake store");
    }
    assertThat(world.engine().hasLostRecords()).isTrue();
    world.store.failing(true);
    world.store.slow(false);
    world.store.failing(false);
  }

  @Test
  void aStopNamesTheCallbackThatFiresAreStillUnderWayAt() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    world.start(action(1, "* * * * * *", EACH));
    world.callback.hang();
    world.clock.advance(Duration.ofSeconds(1));
    world.ring();
    world.awaitAttempts(1);
    try (Logged shutdown = Logged.of("io.actionscheduler.engine.Shutdown")) {
      world.stop();
      assertThat(shutdown.lines())
          .singleElement()
          .asString()
          .contains("fires still under way at main");
    }
    assertThat(world.engine().hasLostRecords()).isFalse();
    world.callback.release();
  }

  /** Ten seconds of time-out for a callback that never ends, and a store that takes nothing. */
  @Test
  void aStopKeepsToItsTimeOut() throws Exception {
    world.shutdownTimeout = Duration.ofSeconds(5);
    world.start(action(1, "* * * * * *", EACH));
    world.callback.beDeaf();
    world.callback.hang();
    world.clock.advance(Duration.ofSeconds(1));
    world.ring();
    world.awaitAttempts(1);
    world.store.slow(true);
    long before = System.nanoTime();
    world.stop();
    // Not how fast it is, but that the parts of a stop do not each wait for the whole of it.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
    world.store.slow(false);
    world.callback.release();
  }
}
