package io.actionscheduler.process;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backlog that does not fit into the heap as such, and an action that must not wait for it. */
class LongBacklogIT {
  private static final int BACKLOG = 100_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  /** The next run that the Python program left makes a backlog from nothing. */
  private void leaveNextRun(SqliteTable table, Instant at) throws Exception {
    table.execute(
        "CREATE TABLE apscheduler_jobs (id VARCHAR(191) PRIMARY KEY, next_run_time FLOAT,"
            + " job_state BLOB NOT NULL)");
    table.execute("INSERT INTO apscheduler_jobs VALUES ('1', " + at.getEpochSecond() + ".0, x'')");
  }

  @Test
  void aHundredThousandStreamThroughASmallHeapWhileAnotherActionKeepsItsTime() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "late", "* * * * * *");
    table.insert(2, "tick", "* * * * * *", Optional.of(false), Optional.of(5));
    Instant begin = Instant.now().minusSeconds(BACKLOG);
    leaveNextRun(table, begin);
    Launch launch = Launch.in(folder).config(TestConfigs.trivial()).jvm("-Xmx64m");
    try (Scheduler scheduler = launch.start()) {
      Line warning = scheduler.stderr().await("missed fires to deliver", Scheduler.PATIENCE);
      assertThat(warning.text()).matches(".*WARN.*action 1 \"action 1\" has 100\\d{3} missed.*");
      scheduler.stdout().await(" late$", BACKLOG, LIMIT);
      scheduler.stdout().await(" tick$", scheduler.stdout().with("tick").size() + 2, LIMIT);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stderr().with("OutOfMemory|ERROR")).isEmpty();
      assertDelivered(scheduler, "late", counts(begin, 1));
      assertDelivered(scheduler, "tick", counts(begin, 2)); // held up for 5 s, one would expire
    }
  }

  private static void assertDelivered(Scheduler scheduler, String command, Map<?, ?> counts) {
    assertThat(counts.get("delivered"))
        .isEqualTo((long) scheduler.stdout().with(" " + command + "$").size());
    assertThat(counts.get("expired")).as("expired of %s", command).isEqualTo(0L);
  }

  /** Exit code 0 means that nothing is lost and nothing is there twice. */
  private Map<?, ?> counts(Instant from, int action) throws Exception {
    Launch verify =
        Launch.in(folder)
            .arguments("verify", "--json", "--from", from.truncatedTo(SECONDS).toString())
            .arguments("--action", Integer.toString(action));
    try (Scheduler command = verify.start()) {
      assertThat(command.awaitExit()).as(command.stdout().tail()).isZero();
      String json =
          command.stdout().all().stream().map(Line::text).collect(Collectors.joining("\n"));
      return (Map<?, ?>) ((Map<?, ?>) Json.parse(json)).get("counts");
    }
  }
}
