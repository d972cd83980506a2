package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a first start says, and what it does not go on with. */
class FirstStartIT {
  @TempDir Path folder;

  @Test
  void itSaysWhatIsInForceAndWhatWillNeverHappen() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "tick", "* * * * * *");
    table.insert(2, "also", "* * * * * *");
    table.insert(3, "never", "0 0 30 2 *");
    table.insert(4, "past", "2020-02-02T02:02:02Z");
    table.insert(
        5, "quartz", "{\"format\": \"quartz\", \"params\": {\"value\": \"0 0 0 1 1 ? 2019\"}}");
    Launch launch =
        Launch.in(folder)
            .config(TestConfigs.trivial().replaceAll("internal_db.*\n", "") + "debug: false\n")
            .file(
                ".env",
                "MAX_CONCURRENT=7\nCALLBACKS__A__TYPE=webhook\nCALLBACKS__A__SECRET=hunter2\n")
            .env("TRACK_CHANGES_PERIOD", "2")
            .env("CALLBACKS__A__URL", "https://a.example/?token=hunter3");
    try (Scheduler scheduler = launch.start()) {
      Line ready = scheduler.awaitReady();
      assertThat(ready.text())
          .matches(".*INFO.* ready: 5 actions on 4 schedules, next fire \\d{4}-\\d\\d-\\d\\dT\\S+");
      scheduler.stdout().await("tick", Scheduler.PATIENCE);
      scheduler.stdout().await("also", Scheduler.PATIENCE);
      assertThat(summary(scheduler))
          .contains("debug=false (config.yaml:", "action.callback=stdout (config.yaml:")
          .contains("track_changes_period=2 (environment variable TRACK_CHANGES_PERIOD)")
          .contains("max_concurrent=7 (.env:1)")
          .contains("callbacks.a.secret=***", "callbacks.a.url=https://a.example/… (");
      assertThat(summary(scheduler)).doesNotContain("shutdown_timeout");
      assertThat(scheduler.stderr().with("WARN.*no internal_db: .*not caught up after a restart"))
          .hasSize(1);
      for (int id : new int[] {3, 4, 5}) {
        assertThat(scheduler.stderr().with("WARN.*action " + id + " .* never fires after"))
            .as("action %d", id)
            .hasSize(1);
      }
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().commands()).containsOnly("tick", "also");
      assertThat(scheduler.stderr().with("hunter")).isEmpty();
      assertThat(scheduler.stderr().with("never fires")).hasSize(3);
    }
  }

  private static String summary(Scheduler scheduler) {
    assertThat(scheduler.stderr().with("action-scheduler \\S+ starts with")).hasSize(1);
    return scheduler.stderr().with("StartSummary -   ").stream()
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aTableThatLacksAColumnIsRefusedWithItsName() throws Exception {
    SqliteTable.in(folder).execute("ALTER TABLE action DROP COLUMN merge_missed");
    try (Scheduler scheduler = Launch.in(folder).config(TestConfigs.trivial()).start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("ERROR.*actions_db.*no column merge_missed.*db upgrade"))
          .hasSize(1);
      assertThat(scheduler.stdout().all()).isEmpty();
    }
  }

  @Test
  void aDatabaseFileThatIsReadOnlyIsRefusedWithTheReason() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
    Files.copy(folder.resolve("database.db"), folder.resolve("internal.db"));
    String config =
        TestConfigs.trivial()
            .replace(
                "internal_db: {dialect: sqlite, database: database.db}",
                "internal_db: {url: \"jdbc:sqlite:file:internal.db?immutable=1\"}");
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(2);
      assertThat(scheduler.stderr().with("ERROR.*internal_db.*read-only")).hasSize(1);
      assertThat(scheduler.stdout().all()).isEmpty();
    }
  }
}
