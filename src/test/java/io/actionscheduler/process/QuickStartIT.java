package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises to whoever runs the jar in the project's folder. */
class QuickStartIT {
  private static final Duration MINUTE = Duration.ofSeconds(75);

  @TempDir Path folder;

  @Test
  void theSampleActionsFire() throws Exception {
    for (String file : new String[] {"config.yaml", "sample_actions.yaml"}) {
      Files.copy(Path.of(file), folder.resolve(file));
    }
    Launch launch = Launch.in(folder).env("TZ", "Europe/Moscow");
    try (Scheduler scheduler = launch.start()) {
      scheduler.awaitReady();
      Line second = scheduler.stdout().await(" \\| command2$", MINUTE);
      assertOnTime(second, 20);
      assertOnTime(scheduler.stdout().await(" \\| command1$", MINUTE), 60);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().commands()).containsOnly("command1", "command2");
    }
  }

  @Test
  void theConfigOfThePythonProgramRunsUnchanged() throws Exception {
    String config =
        """
        debug: false
        actions_db:
          dialect: sqlite
          database: database.db
        internal_db:
          dialect: sqlite
          database: database.db
        track_changes_period: 15
        action:
          callback: action_scheduler.callbacks:print_command
          defaults:
            merge_missed: false
            actuality_time: -1
        test:
          write_sample_actions_to_db: true
        """;
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.awaitReady();
      assertOnTime(scheduler.stdout().await(" \\| command2$", MINUTE), 20);
    }
  }

  /** The form of a line, and a moment that is a multiple of {@code seconds}, told in local time. */
  private static void assertOnTime(Line line, int seconds) {
    assertThat(line.text())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+-]\\d\\d:\\d\\d \\| command\\d");
    Instant deliveredAt = OffsetDateTime.parse(line.text().substring(0, 32)).toInstant();
    assertThat(deliveredAt).isBetween(line.receivedAt().minusSeconds(5), line.receivedAt());
    assertThat(deliveredAt.getEpochSecond() % seconds).isLessThan(3);
  }
}
