package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one store. */
class OneOwnerIT {
  @TempDir Path folder;

  @Test
  void aSecondProcessIsRefusedAndToldWhoTheFirstIs() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    try (Scheduler first = launch.start()) {
      first.stdout().await("tick", Scheduler.PATIENCE);
      try (Scheduler second = launch.start()) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.stderr().with("\\b" + first.process().pid() + "\\b")).isNotEmpty();
        assertThat(second.stdout().all()).isEmpty();
      }
      first.killAndWait();
    }
    try (Scheduler next = launch.start()) {
      next.stdout().await("tick", Scheduler.PATIENCE);
    }
  }
}
