package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archive of classes bin/action-scheduler starts with; Java is played by a script. */
class LaunchScriptTest {
  /** Makes the archive that it is told to make as a real one does, or says what it would start. */
  private static final String JAVA =
      """
      #!/bin/sh
      for option in "$@"; do
        case $option in
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
            echo classes > "${option#*=}"
            echo ready: >&2
            exit 0 ;;
          -XX:SharedArchiveFile=* | -XX:AOTCache=*) echo "${option#*=}" ;;
        esac
      done
      echo "$@" > "${0%/*}/arguments"
      """;

  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-11-20T10:00:00Z"));

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void install() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    jar = folder.resolve("action-scheduler.jar");
    build("first");
  }

  private void build(String content) throws IOException {
    Files.writeString(jar, content);
    Files.setLastModifiedTime(jar, BUILT);
  }

  /** The archive that a start uses, and whether it made it. */
  private record Started(String archive, boolean made) {}

  private Started start(String zone) throws Exception {
    return end(script(folder.resolve("cache"), zone, "--version"));
  }

  private Process script(Path cache, String zone, String... arguments) throws IOException {
    ProcessBuilder script = new ProcessBuilder("sh", "bin/action-scheduler");
    script.command().addAll(List.of(arguments));
    script.environment().remove("JAVA_OPTS");
    script.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    script.environment().put("ACTION_SCHEDULER_JAR", jar.toString());
    script.environment().put("ACTION_SCHEDULER_CACHE", cache.toString());
    script.environment().put("TZ", zone);
    return script.start();
  }

  private static Started end(Process script) throws Exception {
    String out = new String(script.getInputStream().readAllBytes()).strip();
    String err = new String(script.getErrorStream().readAllBytes());
    assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).as(err).isZero();
    return new Started(out, err.contains("first start with this jar"));
  }

  /** What Java was started with last. */
  private String arguments(String... words) throws Exception {
    end(script(folder.resolve("cache"), "UTC", words));
    return Files.readString(folder.resolve("jdk/bin/arguments"));
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().matches(".*\\.(jsa|aot)")).toList();
    }
  }

  @Test
  void oneJarHasOneArchiveWhateverTheTimeZone() throws Exception {
    Started first = start("UTC");
    assertThat(first.made()).isTrue();
    assertThat(Path.of(first.archive())).exists();
    assertThat(start("Asia/Tokyo")).isEqualTo(new Started(first.archive(), false));
  }

  @Test
  void aJarThatWasBuiltAnewNeverStartsWithTheClassesOfTheOldOne() throws Exception {
    String first = start("UTC").archive();
    build("other"); // as long, and as old
    Started second = start("UTC");
    assertThat(second.made()).isTrue();
    assertThat(second.archive()).isNotEmpty().isNotEqualTo(first);
  }

  @Test
  void fromJdk25OnTheArchiveIsAnAotCache() throws Exception {
    for (String version : List.of("17.0.15", "24.0.2", "25", "25.0.3", "31.0.1")) {
      Files.writeString(
          folder.resolve("jdk/release"),
          "IMPLEMENTOR=\"Example\"\nJAVA_VERSION=\"" + version + "\"\n");
      Started started = start("UTC");
      boolean cache = Integer.parseInt(version.substring(0, 2)) >= 25;
      assertThat(started.made()).as(version).isTrue();
      assertThat(started.archive()).as(version).endsWith(cache ? ".aot" : ".jsa");
      assertThat(archives()).as(version).containsExactly(Path.of(started.archive()));
      assertThat(start("UTC")).isEqualTo(new Started(started.archive(), false));
    }
  }

  @Test
  void twoStartsAtOnceEndUpWithOneArchive() throws Exception {
    Process one = script(folder.resolve("cache"), "UTC", "--version");
    Process other = script(folder.resolve("cache"), "UTC", "--version");
    String archive = end(one).archive();
    assertThat(end(other).archive()).isEqualTo(archive);
    assertThat(archives()).containsExactly(Path.of(archive));
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).as("no half of one is left").hasSize(1);
    }
  }

  @Test
  void aFolderThatCannotBeMadeHindersNoStart() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThat(end(script(file.resolve("cache"), "UTC", "--version")))
        .isEqualTo(new Started("", false));
  }

  @Test
  void commandsStartFastAndTheSchedulerHasTheUsualCompilers() throws Exception {
    String fast = "-XX:TieredStopAtLevel=1";
    for (String command : List.of("next", "--help", "actions list", "--config run.yaml validate")) {
      assertThat(arguments(command.split(" "))).contains(fast).contains(" " + command);
    }
    for (String run : List.of("run", "--config next", "--env-file=next run", "run --help")) {
      assertThat(arguments(run.split(" "))).doesNotContain(fast).contains(" " + run);
    }
    assertThat(arguments()).doesNotContain(fast);
  }

  @Test
  void onlyTheLatestArchiveIsKeptAndNothingElseIsTouched() throws Exception {
    start("UTC");
    Path mine = Files.writeString(folder.resolve("cache/notes.txt"), "mine");
    Path left = Files.writeString(folder.resolve("cache/classes-1-2.jsa.99999999"), "half");
    Path config = Files.writeString(folder.resolve("cache/classes-1-2.aot.99999999.config"), "");
    String alive = "cache/classes-1-2.aot." + ProcessHandle.current().pid() + ".config";
    Path making = Files.writeString(folder.resolve(alive), "");
    build("other");
    String second = start("UTC").archive();
    assertThat(archives()).containsExactly(Path.of(second));
    assertThat(mine).exists();
    assertThat(left).as("what a start that was killed left").doesNotExist();
    assertThat(config).as("what it wrote on the way there").doesNotExist();
    assertThat(making).as("that of a start that is making its archive").exists();
  }
}
