package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action table's server goes and comes back. */
class PostgresAwayIT {
  @TempDir Path folder;

  @Test
  void theLastGoodTableGoesOnFiringAlsoThroughARestart() throws Exception {
    try (TestPostgres postgres = TestPostgres.start()) {
      String database = postgres.createDatabase();
      Launch launch = launch(postgres, database);
      try (Scheduler scheduler = launch.start()) {
        scheduler.awaitReady();
        execute(
            postgres,
            database,
            "INSERT INTO action (id, name, command, cron) VALUES (1, 'tick', 'tick', '\"1s\"')");
        await(scheduler, "tick", 2);
        postgres.stop();
        scheduler
            .stderr()
            .await("table is unavailable, continuing with 1 actions", Scheduler.PATIENCE);
        await(scheduler, "tick", scheduler.stdout().count() + 2);
        scheduler.killAndWait();
      }
      try (Scheduler scheduler = launch.start()) {
        await(scheduler, "tick", 2); // from the kept snapshot
        postgres.startAgain();
        scheduler.stderr().await("available again after", Scheduler.PATIENCE);
        execute(postgres, database, "UPDATE action SET command = 'tock'");
        await(scheduler, "tock", 2);
        assertThat(scheduler.stderr().with("available again after")).hasSize(1);
      }
    }
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

  private static void await(Scheduler scheduler, String command, int count)
      throws InterruptedException {
    scheduler.stdout().await(command, count, Scheduler.PATIENCE);
  }

  private static void execute(TestPostgres postgres, String database, String sql)
      throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
