package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The internal store's disk is full. */
class FullDiskIT {
  private static final int ACTIONS = 3_000;

  @TempDir Path folder;

  @Test
  void itSaysSoAndGoesOnFiring() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *");
    String config =
        TestConfigs.trivial()
            .replace(
                "internal_db: {dialect: sqlite, database: database.db}",
                "internal_db: {url: \"jdbc:sqlite:internal.db?max_page_count=60\"}");
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
      // Far more than 60 pages of 4 KiB can hold.
      table.execute(
          "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ACTIONS
              + ") INSERT INTO action SELECT i, 'n' || i, 'yearly', '@yearly', NULL, NULL FROM n");
      scheduler.stderr().await("(?i)(WARN|ERROR).*full", Scheduler.PATIENCE);
      int before = scheduler.stdout().with("tick").size();
      scheduler.stdout().await("tick", before + 3, Scheduler.PATIENCE);
      assertThat(scheduler.process().isAlive()).isTrue();
    }
  }
}
