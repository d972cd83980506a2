package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs under way when the scheduler is stopped with a signal that goes to more than itself. */
class JobsAtAStopIT {
  private static final String CONFIG =
      TestConfigs.trivial().replace("callback: stdout", "callback: job")
          + """
          shutdown_timeout: 30s
          callbacks:
            job:
              type: process
              command: [sh, -c, 'echo "begun $FIRE_ID $ATTEMPT $$" >> jobs; while [ ! -e go ]; do sleep 0.05; done; echo "done $FIRE_ID" >> jobs']
              retry: {max_retries: 0}
          """;

  @TempDir Path folder;

  @BeforeEach
  void oneJobADay() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "skipped: no setsid (util-linux) here");
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "work", "* * * * * *");
  }

  /** Ctrl-C in a terminal, {@code timeout}, and whatever else signals the process group. */
  @Test
  void aSignalToTheProcessGroupStopsTheSchedulerAndLetsTheJobEnd() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Launch launch =
        Launch.in(folder)
            .config(CONFIG)
            .program("setsid", java, "-jar", Launch.jar().toString()); // which leads its group
    try (Scheduler scheduler = launch.start()) {
      await().atMost(Scheduler.PATIENCE).until(() -> jobs().size() == 1);
      kill("INT", "-" + scheduler.process().pid());
      scheduler.stderr().await("INFO.*stopping: SIGINT", Scheduler.PATIENCE);
      Files.createFile(folder.resolve("go"));
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(jobs()).hasSize(2);
    assertThat(jobs().get(1)).isEqualTo("done " + jobs().get(0).split(" ")[1]);
    assertThat(history()).contains("\"status\":\"success\"").doesNotContain("failed");
  }

  /** As systemd does with KillMode=control-group, its default: it signals all of a service. */
  @Test
  void aJobThatTheStopEndedIsRunAgainAtTheNextStart() throws Exception {
    try (Scheduler scheduler = Launch.in(folder).config(CONFIG).start()) {
      await().atMost(Scheduler.PATIENCE).until(() -> jobs().size() == 1);
      kill("TERM", jobs().get(0).split(" ")[3], Long.toString(scheduler.process().pid()));
      assertThat(scheduler.awaitExit()).isZero();
    }
    String fire = jobs().get(0).split(" ")[1];
    assertThat(jobs()).hasSize(1);
    Files.createFile(folder.resolve("go"));
    try (Scheduler scheduler = Launch.in(folder).config(CONFIG).start()) {
      await().atMost(Scheduler.PATIENCE).until(() -> jobs().contains("done " + fire));
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(jobs().get(1)).startsWith("begun " + fire + " 2 ");
    assertThat(history()).doesNotContain("\"status\":\"failed\"");
  }

  private List<String> jobs() throws Exception {
    Path file = folder.resolve("jobs");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private String history() throws Exception {
    Launch launch = Launch.in(folder).arguments("history", "--json");
    try (Scheduler command = launch.start()) {
      assertThat(command.awaitExit()).isZero();
      return String.join("\n", command.stdout().all().stream().map(line -> line.text()).toList());
    }
  }

  private static void kill(String signal, String... whom) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal, "--"));
    command.addAll(List.of(whom));
    Process sent = new ProcessBuilder(command).inheritIO().start();
    assertThat(sent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sent.exitValue()).isZero();
  }
}
