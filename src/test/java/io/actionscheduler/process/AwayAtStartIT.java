package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action table's server is away when the program starts. */
class AwayAtStartIT {
  @TempDir Path folder;

  @Test
  void withoutASnapshotThatIsRecentEnoughItWaitsAndGoesOnWhenTheServerComes() throws Exception {
    try (TestPostgres postgres = TestPostgres.start()) {
      String database = postgres.createDatabase();
      postgres.stop();
      Launch launch = launch(postgres, database);
      try (Scheduler scheduler = launch.start()) {
        awaitThatItWaits(scheduler);
        postgres.startAgain();
        scheduler.awaitReady(); // it has made the table
        execute(postgres, database);
        scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
        postgres.stop();
        scheduler.stderr().await("table is unavailable, continuing", Scheduler.PATIENCE);
        scheduler.killAndWait();
      }
      try (Scheduler scheduler = launch.env("SNAPSHOT__MAX_AGE", "1ms").start()) {
        awaitThatItWaits(scheduler);
        scheduler.terminate();
        assertThat(scheduler.awaitExit()).as("a stop while it waits").isZero();
        assertThat(scheduler.stdout().all()).isEmpty();
        assertThat(scheduler.stderr().with("starting with|ready")).isEmpty();
      }
      postgres.startAgain();
      try (Scheduler scheduler = launch.start()) {
        scheduler.stdout().await("tick", Scheduler.PATIENCE);
      }
    }
  }

  private static void awaitThatItWaits(Scheduler scheduler) throws InterruptedException {
    scheduler
        .stderr()
        .await(
            "WARN.*waiting, and trying again every \\d+ s: actions_db .*refused",
            Scheduler.PATIENCE);
    assertThat(scheduler.process().isAlive()).isTrue();
  }

  private Launch launch(TestPostgres postgres, String database) {
    String config =
        """
        timezone: UTC
        track_changes_period: 1
        actions_db: {url: "%s", username: postgres, password: "%s"}
        internal_db: {dialect: sqlite, database: internal.db}
        action:
          callback: stdout
          defaults: {merge_missed: true, actuality_time: -1}
        """;
    return Launch.in(folder)
        .config(config.formatted(postgres.url(database), TestPostgres.PASSWORD));
  }

  private static void execute(TestPostgres postgres, String database) throws Exception {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO action (id, name, command, cron) VALUES (1, 'tick', 'tick', '\"1s\"')");
    }
  }
}
