package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program ends. */
class StopIT {
  @TempDir Path folder;

  @BeforeEach
  void anActionEachSecond() throws Exception {
    SqliteTable.in(folder).insert(1, "tick", "* * * * * *");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalStopsItCleanly(String signal) throws Exception {
    try (Scheduler scheduler = Launch.in(folder).config(TestConfigs.trivial()).start()) {
      scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
      scheduler.signal(signal);
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().commands()).containsOnly("tick");
    }
  }

  /** The lock outlives any patience: only a stop that waits for nobody ends. */
  @Test
  void aStopWaitsForNoLockOfTheStoreAndLostRecordsAreAFailure() throws Exception {
    String config =
        TestConfigs.trivial()
                .replace(
                    "internal_db: {dialect: sqlite, database: database.db}",
                    "internal_db: {url: \"jdbc:sqlite:internal.db?busy_timeout=600000\"}")
            + "shutdown_timeout: 1\n";
    try (Scheduler scheduler = Launch.in(folder).config(config).start()) {
      scheduler.stdout().await("tick", 2, Scheduler.PATIENCE);
      try (Connection other =
              DriverManager.getConnection(
                  "jdbc:sqlite:" + folder.resolve("internal.db") + "?busy_timeout=10000");
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        int before = scheduler.stdout().with("tick").size();
        scheduler.stdout().await("tick", before + 2, Scheduler.PATIENCE);
        scheduler.terminate();
        assertThat(scheduler.awaitExit()).isEqualTo(1);
      }
      assertThat(scheduler.stderr().with("stopping though internal_db .* within 1 s")).hasSize(1);
      assertThat(scheduler.stderr().with("the last records could not be written")).hasSize(1);
    }
  }

  @Test
  void aClosedPipeStopsItWithAMessage() throws Exception {
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    try (Scheduler scheduler = launch.stdoutTo(StopIT::readOneLine).start()) {
      assertThat(scheduler.awaitExit()).isEqualTo(1);
      assertThat(scheduler.stderr().with("(?i)standard output|stdout")).isNotEmpty();
    }
  }

  /** As {@code head -1} does. */
  private static void readOneLine(InputStream in) {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
