package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentWorkTest {
  private static final List<Integer> ALL = IntStream.range(0, 60).boxed().toList();

  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
  private final List<Integer> notBegun = new ArrayList<>();

  @AfterEach
  void leaveNoInterruptBehind() {
    Thread.interrupted();
  }

  @Test
  void eachIsDoneOnceAndSeveralAtTheSameTime() throws Exception {
    try (ConcurrentWork work = new ConcurrentWork()) {
      CountDownLatch together = new CountDownLatch(2);
      work.each(
          ALL,
          one -> {
            together.countDown();
            together.await(); // for ever, if they were done one after the other
            done.add(one);
          },
          notBegun::add);
    }
    assertThat(done).containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(notBegun).isEmpty();
  }

  @Test
  void afterTheEndNothingIsBegunAndNothingIsForgotten() throws Exception {
    ConcurrentWork work = new ConcurrentWork();
    work.close();
    work.each(ALL, done::add, notBegun::add);
    assertThat(done).isEmpty();
    assertThat(notBegun).containsExactlyElementsOf(ALL);
  }

  @Test
  void theFirstFailureIsThrownAndWhatWasNotBegunIsTold() {
    try (ConcurrentWork work = new ConcurrentWork()) {
      assertThatThrownBy(
              () ->
                  work.each(
                      ALL,
                      one -> {
                        if (one >= 3) {
                          throw new IllegalStateException("planted");
                        }
                        done.add(one);
                      },
                      notBegun::add))
          .hasMessage("planted");
    }
    assertThat(done.size() + notBegun.size()).isLessThan(ALL.size()); // those that failed
    assertThat(notBegun).doesNotContainAnyElementsOf(done);
  }

  @Test
  void anInterruptReachesWhatIsUnderWayAndWhatWasNotBegunIsTold() {
    try (ConcurrentWork work = new ConcurrentWork()) {
      Thread caller = Thread.currentThread();
      assertThatThrownBy(
              () ->
                  work.each(
                      ALL,
                      one -> {
                        caller.interrupt();
                        new CountDownLatch(1).await(); // until it is interrupted
                      },
                      notBegun::add))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(notBegun).isNotEmpty();
  }
}
