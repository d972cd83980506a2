package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code history.level} keeps. */
@Tag("time")
@Timeout(60)
class HistoryLevelTest {
  private static final String ALL = "1 success, 2 failed, 3 expired, 4 merged, 4 success";
  private static final String FAILURES = "2 failed, 3 expired";

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action[] table() {
    return new Action[] {
      action(1, "10 * * * *", MissedPolicy.of(false, -1), Overlap.QUEUE, true, "other"),
      action(2, "10 * * * *", MissedPolicy.of(false, -1)),
      action(3, "1 * * * *", MissedPolicy.of(false, 60), Overlap.QUEUE, true, "other"),
      action(4, "1,2 * * * *", MissedPolicy.of(true, -1), Overlap.QUEUE, true, "other"),
    };
  }

  /** One action of each fate; what a listener was told of them. */
  private List<Run> live() throws Exception {
    List<Run> told = new CopyOnWriteArrayList<>();
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.start(table());
    world.stop();
    world.clock.advance(Duration.ofMinutes(9));
    world.boot().engine().tell(told::add);
    world.begin(table());
    world.pass(Duration.ofMinutes(2));
    return told;
  }

  private static String summary(List<Run> runs) {
    return String.join(
        ", ", runs.stream().map(run -> run.key().action() + " " + run.status()).sorted().toList());
  }

  @Test
  void everyFireIsKeptByDefault() throws Exception {
    List<Run> told = live();
    assertThat(summary(world.store.runs())).isEqualTo(ALL);
    assertThat(summary(told)).isEqualTo(ALL);
  }

  @Test
  void onlyFailuresAreKeptWhereOnlyTheyAreAskedFor() throws Exception {
    world.failuresOnly = true;
    List<Run> told = live();
    assertThat(summary(world.store.runs())).isEqualTo(FAILURES);
    assertThat(summary(told)).as("listeners are told of all").isEqualTo(ALL);
  }

  @Test
  void theLedgerHasThemAllTheSame() throws Exception {
    world.failuresOnly = true;
    live();
    assertThat(world.store.of("1").orElseThrow().account().count()).isEqualTo(1);
    assertThat(world.store.of("4").orElseThrow().account().count()).isEqualTo(1);
  }

  @Test
  void aFireThatTakesLongIsSeenWhileItRuns() throws Exception {
    world.start(action(1, "* * * * *", MissedPolicy.of(true, -1)));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    world.awaitAttempts(1);
    world.pass(Duration.ofSeconds(3));
    await().until(() -> world.store.running().size() == 1);
    assertThat(world.store.running())
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(Run.Status.RUNNING))
        .satisfies(run -> assertThat(run.fireId()).hasToString("1@2026-03-02T10:01:00Z"))
        .satisfies(
            run -> assertThat(run.startedAt()).contains(Instant.parse("2026-03-02T10:01:00Z")));
    world.callback.release();
    world.settle();
    assertThat(world.store.running()).isEmpty();
    assertThat(summary(world.store.runs())).isEqualTo("1 success");
  }

  private void at(String time) {
    world.clock.set(Instant.parse(time));
    world.ring();
  }

  private void awaitRunning(String... fires) {
    await().until(() -> world.store.running().size() == fires.length);
    assertThat(world.store.running())
        .extracting(run -> run.fireId().toString())
        .containsExactlyInAnyOrder(fires);
  }

  @Test
  void aFireIsSeenOnceItHasRunForTwoSeconds() throws Exception {
    world.start(
        action(1, "0 1 10 * * *", MissedPolicy.of(true, -1)),
        action(2, "1 1 10 * * *", MissedPolicy.of(true, -1)));
    world.callback.hang();
    at("2026-03-02T10:01:00Z");
    world.awaitAttempts(1);
    at("2026-03-02T10:01:01Z");
    world.awaitAttempts(2);
    world.pass(Duration.ofSeconds(1));
    awaitRunning("1@2026-03-02T10:01:00Z");
    world.pass(Duration.ofSeconds(2));
    awaitRunning("1@2026-03-02T10:01:00Z", "2@2026-03-02T10:01:01Z");
  }

  @Test
  void aDeadLetterThatTakesLongIsNotSeenAsItsFireHasEnded() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.start(action(1, "* * * * *", MissedPolicy.of(true, -1)), table()[0]);
    world.other.hang();
    at("2026-03-02T10:01:00Z");
    await().until(() -> world.other.attempts().size() == 1);
    world.pass(Duration.ofSeconds(30)); // it is looked at every two seconds
    at("2026-03-02T10:10:00Z"); // beside it, a fire of another action takes long as well
    await().until(() -> world.other.attempts().size() >= 2);
    world.pass(Duration.ofSeconds(4));
    awaitRunning("1@2026-03-02T10:10:00Z");
  }

  @Test
  void aFireThatTakesLongIsSeenInAStoreThatReplacedTheOther() throws Exception {
    world.start(action(1, "* * * * *", MissedPolicy.of(true, -1)));
    FakeStore backup = world.store.backup();
    world.callback.hang();
    at("2026-03-02T10:01:00Z");
    world.awaitAttempts(1);
    world.pass(Duration.ofSeconds(3));
    awaitRunning("1@2026-03-02T10:01:00Z");
    world.store.putBack(backup);
    world.pass(Duration.ofSeconds(3));
    awaitRunning("1@2026-03-02T10:01:00Z");
  }
}
