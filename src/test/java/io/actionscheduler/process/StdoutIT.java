package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output is an interface: one line per fire, nothing else. */
class StdoutIT {
  @TempDir Path folder;

  @Test
  void aCommandStaysOnOneLineInAnyLocale() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.insert(1, "zwei\r\nZeilen\u0007 und ein | Strich", "* * * * * *");
    table.insert(2, "Запланированная задача", "* * * * * *");
    table.insert(3, "x".repeat(1_000_000), "* * * * * *");
    Launch launch = Launch.in(folder).config(TestConfigs.trivial()).env("LC_ALL", "C");
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("Запланированная задача$", 2, Scheduler.PATIENCE);
      scheduler.stdout().await(" x{10}", 2, Scheduler.PATIENCE);
      scheduler.stdout().await("Strich$", 2, Scheduler.PATIENCE);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      List<String> commands = scheduler.stdout().all().stream().map(Line::command).toList();
      assertThat(commands)
          .containsOnly(
              "zwei\\r\\nZeilen\\u0007 und ein | Strich",
              "Запланированная задача",
              "x".repeat(1_000_000));
    }
  }

  @Test
  void numbersAreWrittenInTheSameDigitsInEveryLocale() throws Exception {
    Launch launch =
        Launch.in(folder)
            .config(TestConfigs.trivial())
            .jvm("-Duser.language=ar", "-Duser.country=EG")
            .arguments("explain", "5 9 * * *");
    try (Scheduler explain = launch.start()) {
      explain.stdout().await("at 09:05", Scheduler.PATIENCE);
      assertThat(explain.awaitExit()).isZero();
    }
  }
}
