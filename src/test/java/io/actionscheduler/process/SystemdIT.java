package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.NotifySocket;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a unit of {@code Type=notify} is told, by systemd's own program through a socket. */
class SystemdIT {
  @TempDir Path folder;

  @Test
  void systemdHearsWhenItIsReadyThatItLivesAndThatItStops() throws Exception {
    assumeTrue(NotifySocket.isPossible(), "no systemd-notify here");
    try (NotifySocket systemd = new NotifySocket(folder);
        Scheduler scheduler =
            Launch.in(folder)
                .config(TestConfigs.trivial())
                .env("NOTIFY_SOCKET", systemd.socket().toString())
                .env("WATCHDOG_USEC", "600000")
                .start()) {
      systemd.lines().await("READY=1", Scheduler.PATIENCE);
      assertThat(scheduler.stderr().with("ready: ")).hasSize(1);
      systemd.lines().await("WATCHDOG=1", Scheduler.PATIENCE);
      scheduler.terminate();
      systemd.lines().await("STOPPING=1", Scheduler.PATIENCE);
      assertThat(scheduler.awaitExit()).isZero();
    }
  }
}
