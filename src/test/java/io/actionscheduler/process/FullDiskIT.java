package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The internal store's disk is full. */
class FullDiskIT {
  private static final int ACTIONS = 3_000;

  @TempDir Path folder;

  @Test
  void itSaysSoGoesOnFiringAndLosesNothingWhenThereIsRoomAgain() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *");
    String config =
        TestConfigs.trivial()
            .replace(
                "internal_db: {dialect: sqlite, database: database.db}",
                "internal_db: {url: \"jdbc:sqlite:internal.db?max_page_count=88\"}");
    String begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    int delivered;
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
      // Far more than 88 pages of 4 KiB can hold.
      table.execute(
          "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ACTIONS
              + ") INSERT INTO action SELECT i, 'n' || i, 'yearly', '@yearly', NULL, NULL FROM n");
      scheduler.stderr().await("ERROR.*held in memory.*full; make room", Scheduler.PATIENCE);
      int before = scheduler.stdout().with("tick").size();
      scheduler.stdout().await("tick", before + 3, Scheduler.PATIENCE);
      assertThat(scheduler.process().isAlive()).isTrue();

      table.execute("DELETE FROM action WHERE id > 1"); // room again
      scheduler.stderr().await("takes records again after", Scheduler.PATIENCE);
      scheduler.stdout().await("tick", before + 6, Scheduler.PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      delivered = scheduler.stdout().with("tick").size();
    }
    Map<?, ?> counts = counts(config, begin);
    assertThat(counts.get("delivered")).isEqualTo((long) delivered);
    assertThat(counts.get("merged")).isEqualTo(0L);
    assertThat(counts.get("expired")).isEqualTo(0L);
  }

  /**
   * Everything that is written at the start needs room that is not there: the owner, what the edit
   * of a row changed, and the progress of a new row.
   */
  @Test
  void aStartOnAFullDiskFiresAsARunningSchedulerDoes() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *");
    table.insert(2, "tock", "* * * * * *");
    String config =
        TestConfigs.trivial()
            .replace(
                "internal_db: {dialect: sqlite, database: database.db}",
                "internal_db: {url: \"jdbc:sqlite:internal.db\"}");
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stdout().await("tock", 2, Scheduler.PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    inStore("CREATE TABLE filler (x)");
    inStore("INSERT INTO filler VALUES (zeroblob(1000000))");
    inStore(
        "CREATE TRIGGER fill AFTER UPDATE ON scheduler_owner"
            + " BEGIN INSERT INTO filler VALUES (zeroblob(1000000)); END");
    table.execute("UPDATE action SET cron = '*/2 * * * * *' WHERE id = 2");
    table.insert(3, "new", "* * * * * *");
    String full = config.replace("internal.db", "internal.db?max_page_count=1");
    try (Scheduler scheduler = Launch.in(folder).config(full).start()) {
      scheduler.stderr().await("ERROR.*is full; make room: fires continue", Scheduler.PATIENCE);
      scheduler.stderr().await("ready: 3 actions", Scheduler.PATIENCE);
      scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
      scheduler.stdout().await("tock", 2, Scheduler.PATIENCE);
      assertThat(scheduler.stdout().with("new")).isEmpty();

      inStore("DROP TRIGGER fill");
      inStore("DELETE FROM filler"); // room again
      scheduler.stderr().await("takes records again after", Scheduler.PATIENCE);
      scheduler.stdout().await("new", 2, Scheduler.PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
  }

  private void inStore(String sql) throws SQLException {
    try (Connection store =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("internal.db") + "?busy_timeout=10000");
        Statement statement = store.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Exit code 0 means that nothing is lost and nothing is there twice. */
  private Map<?, ?> counts(String config, String from) throws Exception {
    Launch verify =
        Launch.in(folder)
            .config(config)
            .arguments("verify", "--json", "--action", "1", "--from", from);
    try (Scheduler command = verify.start()) {
      assertThat(command.awaitExit()).as(command.stdout().tail()).isZero();
      String json =
          command.stdout().all().stream().map(Line::text).collect(Collectors.joining("\n"));
      return (Map<?, ?>) ((Map<?, ?>) Json.parse(json)).get("counts");
    }
  }
}
