package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop that somebody does not want to wait for. */
class SecondSignalIT {
  private static final Duration SOON = Duration.ofSeconds(30); // the stop would take ten minutes

  @TempDir Path folder;

  @Test
  void itEndsAStopThatWaitsForAFireUnderWay() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (TestHttp http = TestHttp.start()) {
      http.answer(request -> hang(asked, answered));
      try (Scheduler scheduler = launch(http).start()) {
        assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        scheduler.terminate();
        scheduler.stderr().await("INFO.*stopping: SIGTERM", Scheduler.PATIENCE);
        assertThat(scheduler.process().isAlive()).isTrue();
        scheduler.signal("INT");
        assertThat(scheduler.awaitExit(SOON)).isEqualTo(130);
      } finally {
        answered.countDown();
      }
    }
  }

  private static Answer hang(CountDownLatch asked, CountDownLatch answered) {
    asked.countDown();
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.of(204);
  }

  private Launch launch(TestHttp http) {
    String config =
        TestConfigs.trivial().replace("callback: stdout", "callback: hook")
            + """
            shutdown_timeout: 10m
            callbacks:
              hook:
                type: webhook
                url: http://127.0.0.1:%d/
                allowed_addresses: 127.0.0.0/8
                timeout: 10m
            """
                .formatted(http.port());
    return Launch.in(folder).config(config);
  }
}
