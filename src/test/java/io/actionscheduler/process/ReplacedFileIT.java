package io.actionscheduler.process;

import static io.actionscheduler.testing.Scheduler.PATIENCE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database file that is restored, or missing, under a scheduler. */
class ReplacedFileIT {
  @TempDir Path folder;

  private enum Replaced {
    BOTH_IN_ONE_FILE(true, true),
    TABLE_ONLY(true, false),
    STORE_ONLY(false, true);

    private final boolean table;
    private final boolean store;

    Replaced(boolean table, boolean store) {
      this.table = table;
      this.store = store;
    }

    private List<String> files() {
      return this == BOTH_IN_ONE_FILE
          ? List.of("database.db")
          : List.of(table ? "database.db" : "internal.db");
    }
  }

  /** Takes a backup as SQLite does, puts it in its place while the scheduler runs, and looks. */
  @ParameterizedTest
  @EnumSource
  void aBackupThatIsMovedThereWhileItRunsIsTakenAndNothingComesAgain(Replaced replaced)
      throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "old", "* * * * * *");
    String store = replaced == Replaced.BOTH_IN_ONE_FILE ? "database.db" : "internal.db";
    Launch launch =
        Launch.in(folder)
            .config(
                TestConfigs.trivial()
                        .replace(
                            "internal_db: {dialect: sqlite, database: database.db}",
                            "internal_db: {dialect: sqlite, database: " + store + "}")
                        .replace("callback: stdout", "callback: ids")
                    + "callbacks: {ids: {type: process, command: [/bin/sh, -c,"
                    + " 'echo $FIRE_ID $COMMAND >> ids'], max_concurrent: 1}}\n");
    List<String> later;
    try (Scheduler scheduler = launch.start()) {
      awaitFires(2);
      for (String file : replaced.files()) {
        backUp(file);
      }
      table.execute("UPDATE action SET command = 'newer'");
      await().atMost(PATIENCE).until(() -> ids().stream().anyMatch(is("newer")));
      for (String file : replaced.files()) {
        Files.move(folder.resolve(file + ".backup"), folder.resolve(file), REPLACE_EXISTING);
      }
      if (replaced.store) {
        scheduler
            .stderr()
            .await("replaced while it was open.*1 of 1 actions have fired since", PATIENCE);
      } else {
        scheduler.stderr().await("replaced while it was open.*rows of the file", PATIENCE);
      }
      int known = ids().size();
      awaitFires(known + 3);
      // Where the table was restored its old rows are in force again, and edits are seen.
      assertThat(ids().get(ids().size() - 1)).endsWith(replaced.table ? " old" : " newer");
      table.execute("UPDATE action SET command = 'last'");
      await().atMost(PATIENCE).until(() -> ids().stream().anyMatch(is("last")));
      assertThat(scheduler.stderr().with("ERROR|a defect")).isEmpty();
      assertThat(scheduler.stderr().with("replaced while it was open")).hasSize(1);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      later = ids();
    }
    if (replaced.store) { // what is stored is what the process knew
      try (Scheduler scheduler = launch.start()) {
        awaitFires(later.size() + 2);
        scheduler.terminate();
        assertThat(scheduler.awaitExit()).isZero();
      }
    }
    assertEachSecondOnce();
  }

  private void assertEachSecondOnce() throws IOException {
    List<Instant> times =
        ids().stream().map(id -> Instant.parse(id.substring(2, id.indexOf(' ')))).toList();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i)).as("fire %d", i).isEqualTo(times.get(i - 1).plusSeconds(1));
    }
  }

  private void backUp(String file) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve(file) + "?busy_timeout=10000");
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + folder.resolve(file + ".backup") + "'");
    }
  }

  private void awaitFires(int fires) {
    await().atMost(PATIENCE).until(() -> ids().size() >= fires);
  }

  private static Predicate<String> is(String command) {
    return id -> id.endsWith(" " + command);
  }

  private List<String> ids() throws IOException {
    Path ids = folder.resolve("ids");
    return Files.exists(ids) ? Files.readAllLines(ids) : List.of();
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
      scheduler.stdout().await("tick", PATIENCE);
      await().atMost(PATIENCE).until(() -> keptActions(folder.resolve("internal.db")) == 1);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    Path unmounted = Files.move(folder.resolve("database.db"), folder.resolve("elsewhere.db"));
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("tick", PATIENCE); // from the kept snapshot
      assertThat(scheduler.stderr().with("starting with the 1 actions.*the file is missing"))
          .isNotEmpty();
      assertThat(folder.resolve("database.db")).doesNotExist();
      Files.move(unmounted, folder.resolve("database.db"));
      scheduler.stderr().await("source table is available again", PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
  }
}
