package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often, how late and for how long a fire that is refused is tried again. */
@Tag("time")
@Timeout(60)
class RetryTest {
  private static final String HOURLY = "0 * * * *";
  private static final Instant DUE = Instant.parse("2026-03-02T11:00:00Z");
  private static final MissedPolicy ACTUAL_FOR_TEN_SECONDS = MissedPolicy.of(false, 10);
  private static final MissedPolicy FOR_EVER = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action withRetry(Action action, int maxRetries, Duration delay, double factor) {
    Policy policy = action.policy();
    return new Action(
        action.id(),
        action.name(),
        action.command(),
        action.timing(),
        new Policy(
            policy.enabled(),
            policy.missed(),
            policy.overlap(),
            policy.callbacks(),
            Optional.of(new RetryPolicy(maxRetries, delay, factor))),
        action.parameters());
  }

  /** Lets one fire of {@code action} be refused until it is given up; the waits between tries. */
  private List<Duration> waitsOf(Action action) throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(action);
    world.clock.set(DUE);
    world.settle();
    for (Duration passed = Duration.ZERO;
        passed.compareTo(Duration.ofMinutes(20)) < 0;
        passed = passed.plusMillis(100)) {
      world.pass(Duration.ofMillis(100));
    }
    List<Duration> waits = new ArrayList<>();
    List<Delivery> attempts = world.callback.attempts();
    for (int i = 1; i < attempts.size(); i++) {
      assertThat(attempts.get(i).fire().id()).isEqualTo(attempts.get(0).fire().id());
      assertThat(attempts.get(i).attempt()).isEqualTo(i + 1);
      waits.add(Duration.between(attempts.get(i - 1).startedAt(), attempts.get(i).startedAt()));
    }
    return waits;
  }

  /** Each wait is within a tenth of its seconds; the fake clock goes on a tenth of a second. */
  private static void assertSeconds(List<Duration> waits, int... seconds) {
    assertThat(waits).hasSameSizeAs(seconds);
    for (int i = 0; i < seconds.length; i++) {
      assertThat(waits.get(i))
          .as("wait %d of %s", i + 1, waits)
          .isBetween(
              Duration.ofMillis(seconds[i] * 900L), Duration.ofMillis(seconds[i] * 1100L + 100));
    }
  }

  @Test
  void theWaitDoublesUpToAMinuteAndIsSpreadByATenth() throws Exception {
    world.retry = RetryPolicy.DEFAULT;
    List<Duration> waits = waitsOf(action(1, HOURLY, FOR_EVER));
    assertSeconds(waits, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60);
    assertThat(waits.stream().distinct().count()).as("jitter in %s", waits).isGreaterThan(7);
    assertThat(world.store.runs()).extracting(Run::status).containsExactly(Run.Status.FAILED);
    assertThat(world.store.runs()).extracting(Run::attempts).containsExactly(11);
  }

  @Test
  void anActionsOwnRetryTakesThePlaceOfItsCallbacks() throws Exception {
    world.retry = RetryPolicy.DEFAULT;
    Action own = withRetry(action(1, HOURLY, FOR_EVER), 3, Duration.ofSeconds(5), 3);
    assertSeconds(waitsOf(own), 5, 15, 45);
  }

  @Test
  void aFirstWaitOfMoreThanAMinuteIsKept() throws Exception {
    Action own = withRetry(action(1, HOURLY, FOR_EVER), 2, Duration.ofSeconds(90), 2);
    assertSeconds(waitsOf(own), 90, 90);
  }

  @Test
  void theRetryOfACallbackEndsWhenTheFireIsNoLongerActual() throws Exception {
    world.retry = RetryPolicy.DEFAULT;
    assertSeconds(waitsOf(action(1, HOURLY, ACTUAL_FOR_TEN_SECONDS)), 1, 2, 4);
    assertThat(world.store.runs()).hasSize(1);
    assertThat(world.store.runs().get(0).status()).isEqualTo(Run.Status.FAILED);
    assertThat(world.store.runs().get(0).error()).contains("actual", "no");
  }

  @Test
  void anActionsOwnRetryIsNotBoundedByActuality() throws Exception {
    Action own = withRetry(action(1, HOURLY, ACTUAL_FOR_TEN_SECONDS), 4, Duration.ofSeconds(4), 2);
    assertSeconds(waitsOf(own), 4, 8, 16, 32);
    assertThat(world.store.runs())
        .extracting(Run::error)
        .containsExactly("all 4 retries failed: no");
  }

  @Test
  void anActionsOwnRetryOfNothingGivesUpAtOnce() throws Exception {
    world.retry = RetryPolicy.DEFAULT;
    assertThat(waitsOf(withRetry(action(1, HOURLY, FOR_EVER), 0, Duration.ofSeconds(1), 2)))
        .isEmpty();
    assertThat(world.store.runs()).extracting(Run::status).containsExactly(Run.Status.FAILED);
  }

  @Test
  void theStatusCountsTheFiresThatWaitForTheirNextAttempt() throws Exception {
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(withRetry(action(1, HOURLY, FOR_EVER), 1, Duration.ofSeconds(90), 2));
    assertThat(world.status().retrying()).isZero();
    world.clock.set(DUE);
    world.settle();
    assertThat(world.status().retrying()).isEqualTo(1);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.store.runs()).extracting(Run::status).containsExactly(Run.Status.FAILED);
    assertThat(world.status().retrying()).isZero();
  }
}
