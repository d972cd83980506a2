package io.actionscheduler.callback;

import static io.actionscheduler.testing.Deliveries.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every callback keeps, whatever its target. */
public interface CallbackContract {

  /** A fresh callback with a target that is there and empty. */
  Target target() throws Exception;

  /** A callback and what it delivers to. */
  interface Target extends AutoCloseable {
    BatchCallback callback();

    /** The commands that the target has for good; asked last, nothing is delivered behind it. */
    List<String> received() throws Exception;

    void goAway() throws Exception;

    void comeBack() throws Exception;

    /** From now on deliveries get stuck. */
    void hold() throws Exception;

    /** Waits until one is stuck. */
    void awaitHeld() throws Exception;

    void release() throws Exception;

    /** A command that the target never takes; empty when it takes all. */
    default Optional<String> unacceptable() {
      return Optional.empty();
    }

    /** {@code most} fires, or fewer where each is a call of its own. */
    default List<Delivery> fires(int most) {
      return Deliveries.many(Math.min(most, Math.max(10, most / 50) * callback().batchSize()));
    }

    @Override
    default void close() throws Exception {
      callback().close();
    }
  }

  @Test
  default void deliversEachFireOnce() throws Exception {
    try (Target target = target()) {
      List<Delivery> batch = target.fires(1_000);
      Reported reported = Reported.on(target.callback(), batch);
      assertThat(reported.delivered(batch)).isEqualTo(commands(batch));
      assertThat(target.received()).containsExactlyInAnyOrderElementsOf(commands(batch));
    }
  }

  @Test
  default void takesBatchesFromAsManyThreadsAsItSays() throws Exception {
    try (Target target = target()) {
      int threads = target.callback().concurrency();
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<Reported>> running = new ArrayList<>();
      int each = target.fires(50).size();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> Reported.on(target.callback(), target.fires(50))));
      }
      for (Future<Reported> reported : running) {
        assertThat(reported.get(30, TimeUnit.SECONDS).delivered()).hasSize(each);
      }
      pool.shutdown();
      assertThat(target.received()).hasSize(each * threads);
    }
  }

  @Test
  default void aBatchWithSomeThatTheTargetRefusesDeliversTheOthers() throws Exception {
    try (Target target = target()) {
      assumeTrue(target.unacceptable().isPresent(), "the target takes everything");
      List<Delivery> batch = Deliveries.of("a", target.unacceptable().get(), "c");
      Reported reported = Reported.on(target.callback(), batch);
      assertThat(reported.delivered(batch)).containsExactly("a", "c");
      assertThat(reported.failed()).containsOnlyKeys(1);
      assertThat(reported.failed().get(1).kind()).isNotEqualTo(Kind.UNAVAILABLE);
      assertThat(target.received()).containsExactlyInAnyOrder("a", "c");
    }
  }

  @Test
  default void tellsThatTheTargetIsAwayAndDeliversWhenItIsBack() throws Exception {
    try (Target target = target()) {
      assertThat(Reported.on(target.callback(), Deliveries.of("before")).delivered()).hasSize(1);
      target.goAway();
      Reported away = Reported.on(target.callback(), Deliveries.of("lost1", "lost2"));
      assertThat(away.delivered()).isEmpty();
      assertThat(away.failed()).hasSize(2);
      assertThat(away.failed().values())
          .allSatisfy(why -> assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE))
          .allSatisfy(why -> assertThat(why.getMessage()).isNotBlank());
      target.comeBack();
      Contracts.deliverUntilDelivered(target.callback(), Deliveries.of("after"));
      assertThat(target.received()).contains("before", "after");
    }
  }

  @Test
  default void aSlowTargetDelaysAndLosesNothing() throws Exception {
    try (Target target = target()) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      List<Delivery> batch = target.fires(5_000);
      target.hold();
      Future<Reported> delivering = thread.submit(() -> Reported.on(target.callback(), batch));
      target.awaitHeld();
      assertThat(delivering).isNotDone();
      target.release();
      assertThat(delivering.get(30, TimeUnit.SECONDS).delivered()).hasSize(batch.size());
      thread.shutdown();
      assertThat(target.received()).containsExactlyInAnyOrderElementsOf(commands(batch));
    }
  }

  @Test
  default void closedInTheMiddleItReportsOnEverythingAndClaimsNothing() throws Exception {
    try (Target target = target()) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      List<Delivery> batch = target.fires(5_000);
      target.hold();
      Future<Reported> delivering = thread.submit(() -> Reported.on(target.callback(), batch));
      target.awaitHeld();
      target.callback().close();
      target.release();
      Reported reported = delivering.get(30, TimeUnit.SECONDS);
      thread.shutdown();
      assertThat(reported.count()).isEqualTo(batch.size());

      Reported later = Reported.on(target.callback(), Deliveries.of("later"));
      assertThat(later.failed().get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(later.failed().get(0).outcomeUnknown()).isFalse();
      assertThat(new HashSet<>(target.received()))
          .doesNotContain("later")
          .containsAll(reported.delivered(batch));
    }
  }

  @Test
  default void anInterruptedDeliveryReportsOnEverythingAndClaimsNothing() throws Exception {
    try (Target target = target()) {
      List<Delivery> batch = target.fires(100);
      Reported reported = new Reported();
      Thread.currentThread().interrupt();
      try {
        target.callback().deliver(batch, reported);
      } catch (InterruptedException e) {
        // allowed, and what is not reported then counts as unknown
      }
      Thread.interrupted(); // whether the callback saw it or not
      Contracts.deliverUntilDelivered(target.callback(), Deliveries.of("after"));
      assertThat(new HashSet<>(target.received()))
          .contains("after")
          .containsAll(reported.delivered(batch));
    }
  }
}
