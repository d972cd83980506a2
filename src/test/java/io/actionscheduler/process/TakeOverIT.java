package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start in the place of the Python program, with its own switches for a look inside. */
class TakeOverIT {
  private static final String CONFIG =
      TestConfigs.trivial()
          + "test: {print_apscheduler_jobs: true, echo_actions_db_engine: true}\n";

  @TempDir Path folder;

  private static String unix(String value) {
    return "{\"format\": \"unix\", \"params\": {\"value\": \"" + value + "\"}}";
  }

  private void leaveWhatThePythonProgramLeft() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "same", unix("0 3 * * *"));
    table.insert(2, "sunday here, monday there", unix("0 0 * * 0"));
    table.insert(3, "refused here", unix("0/15 * * * *"));
    table.insert(4, "tick", "{\"format\": \"apscheduler\", \"params\": {\"second\": \"*\"}}");
    table.execute(
        "CREATE TABLE apscheduler_jobs (id VARCHAR(191) PRIMARY KEY, next_run_time FLOAT,"
            + " job_state BLOB NOT NULL)");
    long soon = Instant.now().getEpochSecond() - 3;
    table.execute("INSERT INTO apscheduler_jobs VALUES ('4', " + soon + ".0, x'')");
    table.insert(5, "at odd seconds", "2s");
    table.execute("INSERT INTO apscheduler_jobs VALUES ('5', " + (soon | 1) + ".0, x'')");
    table.execute("INSERT INTO apscheduler_jobs VALUES ('1', NULL, x'')");
    table.execute("INSERT INTO apscheduler_jobs VALUES ('update_actions', " + soon + ".0, x'')");
  }

  @Test
  void theFirstStartTellsWhichRowsAreReadDifferentlyAndTheSecondDoesNot() throws Exception {
    leaveWhatThePythonProgramLeft();
    Launch launch = Launch.in(folder).config(CONFIG);
    try (Scheduler scheduler = launch.start()) {
      scheduler.awaitReady();
      scheduler.stdout().await("tick", 4, Scheduler.PATIENCE); // three of them from before
      assertThat(scheduler.stderr().with("WARN +DialectNotice")).hasSize(3);
      String row = scheduler.stderr().with("DialectNotice - action 2 ").get(0).text();
      assertThat(row)
          .matches(".*crontab: (\\S+, ){2}\\S+; as in the Python program: (\\S+, ){2}\\S+;.*");
      assertThat(scheduler.stderr().with("DialectNotice - action 3 .*crontab: refused")).hasSize(1);
      assertThat(scheduler.stderr().with("Python program read differently: 2; read now as crontab"))
          .hasSize(1);
      assertThat(scheduler.stderr().with("progress taken over from apscheduler_jobs: 2 actions"))
          .hasSize(1);
      assertThat(scheduler.stderr().with("has no fire at")).isEmpty();
      assertThatItLetsLookInside(scheduler);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().commands()).containsOnly("tick", "at odd seconds");
    }
    assertThat(nextOf("5")).allMatch(time -> time.getEpochSecond() % 2 == 1);
    try (Scheduler scheduler = launch.start()) {
      scheduler.awaitReady();
      scheduler.stdout().await("tick", Scheduler.PATIENCE);
      assertThat(scheduler.stderr().with("DialectNotice|taken over")).isEmpty();
    }
  }

  private List<Instant> nextOf(String id) throws Exception {
    Launch show = Launch.in(folder).config(CONFIG).arguments("actions", "show", id, "--json");
    try (Scheduler command = show.start()) {
      assertThat(command.awaitExit()).isZero();
      String json =
          command.stdout().all().stream().map(Line::text).collect(Collectors.joining("\n"));
      return ((List<?>) ((Map<?, ?>) Json.parse(json)).get("next"))
          .stream().map(time -> OffsetDateTime.parse((String) time).toInstant()).toList();
    }
  }

  /** {@code print_apscheduler_jobs} at each poll, {@code echo_actions_db_engine} each statement. */
  private static void assertThatItLetsLookInside(Scheduler scheduler) throws InterruptedException {
    scheduler.stderr().await("^Schedule:$", 2, Scheduler.PATIENCE);
    scheduler
        .stderr()
        .await("^    4 \"action 4\" \\(cron: .*, next fire: \\S+\\)$", 2, Scheduler.PATIENCE);
    assertThat(scheduler.stderr().with("^    1 \"action 1\" .*T03:00:00")).isNotEmpty();
    assertThat(scheduler.stderr().with("INFO +sql - SELECT .*FROM action")).isNotEmpty();
    assertThat(scheduler.stderr().with("sql - .*apscheduler_jobs|sql - .*progress"))
        .as("statements on the internal store")
        .isEmpty();
  }
}
