package io.actionscheduler.engine.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallbackThreadsTest {

  @Test
  void aThreadThatIsFreeIsUsedBeforeAnotherIsMade() {
    ThreadPoolExecutor threads = (ThreadPoolExecutor) CallbackThreads.of("seldom");
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 20; i++) {
      int done = i + 1;
      threads.execute(() -> used.add(Thread.currentThread()));
      await().until(() -> threads.getCompletedTaskCount() == done && threads.getActiveCount() == 0);
    }
    assertThat(used).hasSizeLessThan(10);
    threads.shutdownNow();
  }

  @Test
  void asManyRunAsAreAskedFor() throws Exception {
    ThreadPoolExecutor threads = (ThreadPoolExecutor) CallbackThreads.of("many");
    CountDownLatch all = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      threads.execute(
          () -> {
            all.countDown();
            try {
              all.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    threads.shutdownNow();
  }

  @Test
  void threadsThatNobodyUsesEnd() {
    ThreadPoolExecutor threads = (ThreadPoolExecutor) CallbackThreads.of("idle");
    threads.execute(() -> {});
    await().until(() -> threads.getPoolSize() == 0);
    threads.shutdownNow();
  }
}
