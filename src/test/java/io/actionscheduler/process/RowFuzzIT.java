package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.source.MangledRows;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mangled rows by the thousand pour into the table while good rows fire each second. */
class RowFuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "command",
          "cron",
          "merge_missed",
          "actuality_time",
          "timezone",
          "callback",
          "parameters",
          "retry",
          "overlap",
          "enabled");
  private static final int GOOD = 5;
  private static final int WAVES = 10;
  private static final int ROWS = 10_000;

  @TempDir Path folder;

  @Test
  void tenThousandMangledRowsStopNoGoodRowAndEachRefusalNamesItsCause() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    for (String column : COLUMNS.subList(5, COLUMNS.size())) {
      table.execute("ALTER TABLE action ADD COLUMN " + column + " TEXT");
    }
    for (int id = 1; id <= GOOD; id++) {
      table.execute(
          "INSERT INTO action (id, name, command, cron) VALUES (%d, 'good', 'good %d', '%s')"
              .formatted(id, id, "* * * * * *"));
    }
    MangledRows mangled = new MangledRows(new Random(SEED), false);
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("good 1", Scheduler.PATIENCE);
      for (int wave = 0; wave < WAVES; wave++) {
        pour(table, mangled, wave);
        awaitGood(scheduler, 1); // noticed about now
      }
      awaitGood(scheduler, 3);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).as("fuzz.seed %d", SEED).isZero();
      for (int id = 1; id <= GOOD; id++) {
        assertFiredEachSecond(scheduler.stdout().with(" \\| good " + id + "$"));
      }
    }
    assertEachRefusalNamesItsCause(launch);
  }

  /** A thousand rows, half of which take the place of rows of the wave before. */
  private static void pour(SqliteTable table, MangledRows mangled, int wave) throws Exception {
    String sql =
        "INSERT OR REPLACE INTO action (id, %s) VALUES (?%s)"
            .formatted(String.join(", ", COLUMNS), ", ?".repeat(COLUMNS.size()));
    try (Connection connection = table.connect();
        PreparedStatement row = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < ROWS / WAVES; i++) {
        row.setInt(1, 1000 + wave * ROWS / WAVES / 2 + i);
        Map<String, Object> values = mangled.next();
        for (int column = 0; column < COLUMNS.size(); column++) {
          row.setObject(column + 2, values.get(COLUMNS.get(column)));
        }
        row.addBatch();
      }
      row.executeBatch();
      connection.commit();
    }
  }

  private static void awaitGood(Scheduler scheduler, int more) throws InterruptedException {
    int count = scheduler.stdout().with("good 1$").size() + more;
    scheduler.stdout().await("good 1$", count, Scheduler.PATIENCE);
  }

  /** One fire for each second; the last may have come in the second behind its own. */
  private static void assertFiredEachSecond(List<Line> fires) {
    long seconds = second(fires.get(fires.size() - 1)) - second(fires.get(0));
    assertThat((long) fires.size()).as("fuzz.seed %d", SEED).isBetween(seconds, seconds + 1);
  }

  private static long second(Line line) {
    String time = line.text().substring(0, line.text().indexOf(' '));
    Instant at = OffsetDateTime.parse(time).toInstant();
    return at.getEpochSecond();
  }

  private static void assertEachRefusalNamesItsCause(Launch launch) throws Exception {
    try (Scheduler validate = launch.arguments("validate").start()) {
      assertThat(validate.awaitExit()).isEqualTo(1);
      List<String> refusals =
          validate.stdout().with("^action 1?\\d{4}\\b").stream().map(Line::text).toList();
      assertThat(refusals).as("fuzz.seed %d", SEED).hasSizeGreaterThan(1000);
      assertThat(refusals)
          .as("fuzz.seed %d", SEED)
          .allSatisfy(
              refusal ->
                  assertThat(refusal)
                      .matches("action \\d+( \".*\")?: [a-z_]+ (NULL|[\"X].*): .{5,}")
                      .doesNotContain("Exception"));
    }
  }
}
