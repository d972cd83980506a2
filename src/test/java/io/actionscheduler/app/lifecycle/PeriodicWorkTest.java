package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PeriodicWorkTest {

  /** A stop within the first half second: the lookup ends behind it, and is no defect. */
  @Test
  void aStopWhileTheLastVerificationIsLookedUpIsNoDefect() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    Exit exit = new Exit();
    PeriodicWork work = new PeriodicWork(exit);
    LedgerWatch watch =
        new LedgerWatch(
            new MemoryStore(),
            CronReaders.of(UnixDialect.CRONTAB),
            Duration.ofDays(1),
            () -> {
              looking.countDown();
              awaitUninterruptibly(closing);
              return Instant.EPOCH;
            });
    work.verify(watch, Duration.ofDays(1));
    looking.await();
    Thread closer = new Thread(work::close);
    closer.start();
    while (!work.isClosed()) {
      Thread.onSpinWait();
    }
    closing.countDown();
    closer.join();
    assertThat(exit.asked()).isNotDone();
  }

  /** A store that is slow to answer does not heed the interrupt of the stop. */
  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
