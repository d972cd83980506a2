package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks that hang, heed nothing, or throw what no Java method may. */
@Tag("time")
@Timeout(60)
class StuckCallbacksTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action[] minutely(int actions) {
    Action[] table = new Action[actions];
    for (int id = 1; id <= actions; id++) {
      table[id - 1] = action(id, "* * * * *", EACH);
    }
    return table;
  }

  @Test
  void aStopRecordsWhatWasConfirmedAndTriesTheRestAgainThoughTheCallNeverEnds() throws Exception {
    world.shutdownTimeout = Duration.ofMillis(50);
    world.callback.concurrency(1);
    world.callback.beDeaf();
    world.start(minutely(3));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    world.awaitAttempts(3);
    world.stop();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:01:00Z");
    for (String id : List.of("2", "3")) {
      assertThat(world.store.of(id).orElseThrow().open().orElseThrow().outcomeUnknown()).isTrue();
    }
    world.callback.release();
    await().until(() -> world.callback.delivered().size() == 3);
    world.start(minutely(3));
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.attempts())
        .extracting(d -> d.action().id() + " " + d.attempt())
        .containsExactlyInAnyOrder("1 1", "2 1", "3 1", "2 2", "3 2");
  }

  @Test
  void aStoreThatFailsDuringAStopIsWrittenToAgain() throws Exception {
    world.start(minutely(1));
    world.store.failing(true);
    world.pass(Duration.ofSeconds(60));
    Thread time =
        new Thread(
            () -> {
              for (int tries = 0; tries < 3; tries++) {
                int before = world.store.refusals();
                world.clock.advance(Duration.ofSeconds(2));
                await().until(() -> world.ringIfAsked() || world.store.refusals() > before);
                await().until(() -> world.store.refusals() > before);
              }
              world.store.failing(false);
              world.clock.advance(Duration.ofSeconds(2));
              await().until(world::ringIfAsked);
            });
    time.start();
    world.stop();
    time.join();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:01:00Z");
  }

  /** The fire of action 1 is in retry, and so before those that were never attempted. */
  @Test
  void aFireThatTimesOutAtEachProbeDoesNotBlockTheLateFiresOfItsCallback() throws Exception {
    world.start(minutely(4));
    world.stop();
    world.clock.advance(Duration.ofSeconds(90));
    CallbackException timedOut = CallbackException.unavailableUnknown("timed out", null);
    CallbackException refused = CallbackException.unavailable("connection refused", null);
    world.callback.answer(d -> isOfAction1(d) ? timedOut : refused);
    world.start(minutely(4));
    assertThat(world.status().unavailable()).containsExactly("main");
    world.callback.answer(d -> isOfAction1(d) ? timedOut : null);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.callback.deliveredTimes()).contains("2@10:01:00", "3@10:01:00", "4@10:01:00");
  }

  private static boolean isOfAction1(Delivery delivery) {
    return delivery.action().id().text().equals("1");
  }

  @Test
  void whateverACallbackThrowsItsFireIsTriedAgain() throws Exception {
    world.callback.answer(
        d -> {
          throw StuckCallbacksTest.<RuntimeException>sneaky(
              new IOException("from another language"));
        });
    world.start(minutely(1));
    world.pass(Duration.ofSeconds(60));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
