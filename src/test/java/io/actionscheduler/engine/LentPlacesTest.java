package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.MissedPolicy;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fires by hand and those of the schedules together keep to what a callback does at a time. */
@Timeout(60)
class LentPlacesTest {
  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private void start() throws Exception {
    world.callback.concurrency(1);
    world.start(action(1, "* * * * * *", MissedPolicy.of(false, -1)));
  }

  /** An answer of the engine, which has done by then what it was told before. */
  private Status status() throws Exception {
    return world.engine().status().get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<Runnable> ask() throws Exception {
    CompletableFuture<Runnable> place = world.engine().place("main");
    status();
    return place;
  }

  private void second(int second) throws Exception {
    world.clock.set(Instant.parse("2026-03-02T10:00:0" + second + "Z"));
    world.ring();
    status();
  }

  @Test
  void aFireOfTheScheduleWaitsForAFireByHand() throws Exception {
    start();
    Runnable giveBack = ask().get(60, TimeUnit.SECONDS);
    second(1);

    assertThat(world.callback.attempts()).isEmpty();
    assertThat(status().running()).isEqualTo(1);
    giveBack.run();
    giveBack.run(); // gives nothing back that it does not have
    world.awaitAttempts(1);
    assertThat(ask().get(60, TimeUnit.SECONDS)).isNotNull();
    assertThat(ask()).as("there is one place, not two").isNotDone();
  }

  @Test
  void aFireByHandWaitsForTheOneUnderWayAndComesBeforeTheNext() throws Exception {
    start();
    world.callback.hang();
    second(1);
    world.awaitAttempts(1);
    CompletableFuture<Runnable> place = ask();
    CompletableFuture<Runnable> given = ask();
    second(2);

    assertThat(place).isNotDone();
    given.cancel(false);
    world.callback.release();
    Runnable giveBack = place.get(60, TimeUnit.SECONDS);
    status();
    assertThat(world.callback.attempts()).hasSize(1);
    giveBack.run();
    world.awaitAttempts(2); // nothing is kept for whoever does not want it any more
  }
}
