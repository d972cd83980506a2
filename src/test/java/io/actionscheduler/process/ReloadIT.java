package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged scheduler reads its settings again, asked through its store. */
class ReloadIT {
  @TempDir private Path folder;

  private static String config(String word, String level) {
    return """
        timezone: UTC
        actions_db: {dialect: sqlite, database: database.db}
        internal_db: {dialect: sqlite, database: database.db}
        track_changes_period: 1
        log: {level: %s}
        action:
          callback: note
          defaults: {merge_missed: false, actuality_time: -1}
        callbacks:
          note: {type: process, command: [sh, -c, 'echo %s >> notes.txt']}
        """
        .formatted(level, word);
  }

  private record Ended(int code, String err) {}

  private Ended reload() throws InterruptedException {
    try (Scheduler command = Launch.in(folder).arguments("reload").start()) {
      int code = command.awaitExit();
      StringBuilder err = new StringBuilder();
      command.stderr().all().forEach(line -> err.append(line.text()).append('\n'));
      return new Ended(code, err.toString());
    }
  }

  private void awaitNote(String word) {
    await()
        .atMost(Scheduler.PATIENCE)
        .until(() -> Files.exists(notes()) && Files.readString(notes()).endsWith(word + "\n"));
  }

  private Path notes() {
    return folder.resolve("notes.txt");
  }

  @Test
  void callbacksAndTheLevelOfTheLogChangeWhileItRunsAndSighupStopsItInOrder() throws Exception {
    SqliteTable.in(folder)
        .execute("INSERT INTO action VALUES (1, 'often', 'x', '* * * * * *', NULL, NULL)");
    try (Scheduler scheduler = Launch.in(folder).config(config("old", "INFO")).start()) {
      awaitNote("old");
      write(config("new", "DEBUG"));
      Ended reload = reload();
      assertThat(reload.err()).isEqualTo("callbacks with new settings: note\nlog.level is DEBUG\n");
      assertThat(reload.code()).isZero();
      awaitNote("new");
      write(config("newer", "nonsense"));
      assertThat(reload().code()).isEqualTo(2);
      new ProcessBuilder("kill", "-HUP", Long.toString(scheduler.process().pid()))
          .start()
          .waitFor();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stderr().with("stopping: SIGHUP")).hasSize(1);
      assertThat(scheduler.stderr().with(" DEBUG ")).isNotEmpty();
    }
    assertThat(Files.readString(notes())).matches("(old\n)+(new\n)+");
    write(config("newer", "INFO"));
    Ended late = reload();
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err()).isEqualTo("no scheduler runs; the next start reads the settings\n");
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
  }
}
