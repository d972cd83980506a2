package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that bin/action-scheduler makes, with this Java and the packaged jar. */
class ArchiveIT {
  /** On a busy machine an AOT cache takes a minute to make. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  private List<Line> start(String options, String... arguments) throws InterruptedException {
    String script = Path.of("bin/action-scheduler").toAbsolutePath().toString();
    Launch launch = Launch.in(folder).program(script).arguments(arguments);
    launch.env("JAVA_HOME", System.getProperty("java.home")).env("JAVA_OPTS", options);
    launch.env("ACTION_SCHEDULER_JAR", Launch.jar().toString());
    launch.env("ACTION_SCHEDULER_CACHE", folder.resolve("cache").toString());
    try (Scheduler command = launch.start()) {
      assertThat(command.awaitExit(PATIENCE)).isZero();
      return command.stderr().all();
    }
  }

  @Test
  void theArchiveHoldsWhatCommandsAndTheSchedulerLoad() throws Exception {
    assertThat(start("", "--version"))
        .extracting(Line::text)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("first start with this jar and this Java");
    Path loaded = folder.resolve("loaded");
    assertThat(
            start(
                "-Xlog:class+load:file=" + loaded, "next", "0 9 * * *", "--timezone", "Asia/Tokyo"))
        .isEmpty();
    try (Stream<String> lines = Files.lines(loaded)) {
      List<String> ours = lines.filter(line -> line.contains("source: file:")).toList();
      assertThat(ours).as("classes that were read from the jar").hasSizeLessThan(10);
    }
    assertThat(loaded).content().contains("picocli.CommandLine source: shared objects file");
  }

  @Test
  void nothingIsLeftInTheFolderForTemporaryFilesWhileTheSchedulerRuns() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Launch launch =
        Launch.in(folder)
            .jvm("-Djava.io.tmpdir=" + temporary)
            .config(
                """
                timezone: UTC
                actions_db: {dialect: sqlite, database: database.db}
                internal_db: {dialect: sqlite, database: database.db}
                action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 0}}
                """);
    try (Scheduler scheduler = launch.start()) {
      scheduler.awaitReady();
      assertThat(temporary).as("a kill -9 now would leave this").isEmptyDirectory();
    }
  }
}
