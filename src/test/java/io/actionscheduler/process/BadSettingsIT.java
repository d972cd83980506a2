package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that cannot be meant. */
class BadSettingsIT {
  @TempDir Path folder;

  @Test
  void everyProblemIsToldAtOnceWithItsPlace() throws Exception {
    String config =
        """
        track_changes_perod: 15
        actions_db: {dialect: sqlite, database: database.db}
        action:
          callback: kafak
          defaults: {merge_missed: perhaps, actuality_time: -1}
        """;
    Launch launch =
        Launch.in(folder)
            .config(config)
            .env("ACTIONS_DB__PASSWRD", "secret-1")
            .env("TRACK_CHANGES_PERIOD", "0");
    try (Scheduler scheduler = launch.start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stdout().all()).isEmpty();
      String told = scheduler.stderr().tail();
      assertThat(told).contains("config.yaml:1", "track_changes_perod", "track_changes_period");
      assertThat(told).contains("kafak", "did you mean", "kafka");
      assertThat(told).contains("perhaps", "merge_missed");
      assertThat(told).contains("ACTIONS_DB__PASSWRD", "TRACK_CHANGES_PERIOD");
      assertThat(told).doesNotContain("secret-1");
    }
  }

  @Test
  void aMissingConfigIsSaid() throws Exception {
    try (Scheduler scheduler = Launch.in(folder).arguments("--config", "gone.yaml").start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("gone.yaml")).isNotEmpty();
    }
  }

  @Test
  void aConfigThatIsNotYamlIsToldWithItsLine() throws Exception {
    try (Scheduler scheduler = Launch.in(folder).config("debug: [1,\nx: }").start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("config.yaml:\\d")).isNotEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseStopsTheFirstStart() throws Exception {
    Launch launch =
        Launch.in(folder)
            .file("database.db", "this is a letter, not a database\n".repeat(200))
            .config(io.actionscheduler.testing.TestConfigs.trivial());
    try (Scheduler scheduler = launch.start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("database.db")).isNotEmpty();
      assertThat(scheduler.stdout().all()).isEmpty();
    }
  }
}
