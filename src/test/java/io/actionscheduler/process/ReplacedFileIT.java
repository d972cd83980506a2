package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database file that is restored, or missing, under a scheduler. */
class ReplacedFileIT {
  @TempDir Path folder;

  @Test
  void aFileThatIsReplacedWhileItRunsEndsItAndTheNextStartTakesTheNewOne() throws Exception {
    SqliteTable.in(folder).insert(1, "old", "* * * * * *");
    Path backup = folder.resolve("backup.db");
    Files.copy(folder.resolve("database.db"), backup);
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("old", Scheduler.PATIENCE);
      Files.move(backup, folder.resolve("database.db"), StandardCopyOption.REPLACE_EXISTING);
      SqliteTable.at(folder).execute("UPDATE action SET command = 'new'");
      assertThat(scheduler.awaitExit()).isEqualTo(1);
      assertThat(scheduler.stderr().with("moved away or replaced while it was open")).isNotEmpty();
    }
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("new", Scheduler.PATIENCE);
      assertThat(scheduler.stdout().with("old")).isEmpty();
    }
  }

  private static int keptActions(Path store) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM scheduler_action")) {
      return row.getInt(1);
    }
  }

  @Test
  void aMissingFileOfKnownActionsIsAwayAndNothingIsSuperseded() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    Launch launch =
        Launch.in(folder)
            .config(
                TestConfigs.trivial()
                    .replace(
                        "internal_db: {dialect: sqlite, database: database.db}",
                        "internal_db: {dialect: sqlite, database: internal.db}"));
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("tick", Scheduler.PATIENCE);
      Awaitility.await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> keptActions(folder.resolve("internal.db")) == 1);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    Path unmounted = Files.move(folder.resolve("database.db"), folder.resolve("elsewhere.db"));
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("tick", Scheduler.PATIENCE); // from the kept snapshot
      assertThat(scheduler.stderr().with("starting with the 1 actions.*the file is missing"))
          .isNotEmpty();
      assertThat(folder.resolve("database.db")).doesNotExist();
      Files.move(unmounted, folder.resolve("database.db"));
      scheduler.stderr().await("source table is available again", Scheduler.PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
  }
}
