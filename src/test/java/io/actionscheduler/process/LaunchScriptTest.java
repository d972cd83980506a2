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
          -XX:ArchiveClassesAtExit=*)
            echo classes > "${option#*=}"
            echo ready: >&2
            exit 0 ;;
          -XX:SharedArchiveFile=*) echo "${option#*=}" ;;
        esac
      done
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
    ProcessBuilder script = new ProcessBuilder("sh", "bin/action-scheduler", "--version");
    script.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    script.environment().put("ACTION_SCHEDULER_JAR", jar.toString());
    script.environment().put("ACTION_SCHEDULER_CACHE", folder.resolve("cache").toString());
    script.environment().put("TZ", zone);
    Path err = folder.resolve("err");
    script.redirectError(err.toFile());
    Process process = script.start();
    String out = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return new Started(out, Files.readString(err).contains("first start with this jar"));
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
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
  void onlyTheLatestArchiveIsKeptAndNothingElseIsTouched() throws Exception {
    start("UTC");
    Path mine = Files.writeString(folder.resolve("cache/notes.txt"), "mine");
    Path left = Files.writeString(folder.resolve("cache/classes-1-2-3.jsa.99999999"), "half");
    build("other");
    String second = start("UTC").archive();
    assertThat(archives()).containsExactly(Path.of(second));
    assertThat(mine).exists();
    assertThat(left).as("what a start that was killed left").doesNotExist();
  }
}
