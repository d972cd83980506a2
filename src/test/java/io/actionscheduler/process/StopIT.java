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
