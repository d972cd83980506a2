package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.code.Jobs.Done;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job might do to the machine and the scheduler; each load is small and ends by itself. */
@EnabledOnOs(OS.LINUX)
class ThreatsTest {
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = new Jobs();
  }

  @AfterEach
  void close() throws Exception {
    jobs.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void aForkBombStopsAtTheLimitOfProcesses(Rung rung) throws Exception {
    assumeReached(rung);
    String mark = mark();
    Done done =
        jobs.shell(
            rung,
            "i=0; while [ $i -lt 200 ]; do sleep " + mark + " & i=$((i+1)); echo $i; done; wait");
    assertThat(done.ending().inTime()).isTrue();
    assertThat(done.ending().code()).isNotZero();
    assertThat(done.output()).containsIgnoringCase("cannot fork").doesNotContain("\n30\n");
    assertGone(mark);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void twoGibibytesOfMemoryAreNotToBeHad(Rung rung) throws Exception {
    assumeReached(rung);
    assumePython();
    Done done =
        jobs.python(
            rung,
            Jobs.sandbox(),
            "print(len(bytearray(16 * 1024 ** 2)), flush=True)\nbytearray(2 * 1024 ** 3)\n");
    assertThat(done.ending().code()).isEqualTo(1);
    assertThat(done.output()).startsWith("16777216\n").contains("MemoryError");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void aFileOfTenGigabytesIsNotWritten(Rung rung) throws Exception {
    assumeReached(rung);
    Done done =
        jobs.shell(
            rung,
            "dd if=/dev/zero of=small bs=1M count=4 2>&1 || exit 9\n"
                + "dd if=/dev/zero of=large bs=1M count=1 seek=10239");
    assertThat(done.ending().code()).isNotIn(0, 9);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void aLoopEndsAtTheLimitOfCpuSeconds(Rung rung) throws Exception {
    assumeReached(rung);
    CodeLimits oneSecond =
        new CodeLimits(
            Duration.ofSeconds(60), Duration.ofSeconds(60), 256 * Jobs.MIB, 1, Jobs.MIB, 20);
    Sandbox sandbox = new Sandbox(oneSecond, false, List.of(), List.of());
    Done done = jobs.shell(rung, sandbox, "while :; do :; done", Duration.ofSeconds(60));
    assertThat(done.ending().inTime()).isTrue();
    assertThat(done.ending().code()).isIn(137, 152);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void aDaemonThatForksTwiceDoesNotOutliveItsJob(Rung rung) throws Exception {
    assumeReached(rung);
    assumeTrue(
        rung != Rung.LIMITS || jobs.areUsers(),
        "a job with the scheduler's user cannot be told from it at rung 1");
    String mark = mark();
    Done done =
        jobs.shell(
            rung,
            "(setsid sh -c 'setsid sleep "
                + mark
                + " > /dev/null 2>&1 &' > /dev/null 2>&1 &)\n"
                // it is on its way once its name can be seen
                + "i=0; until grep -qs "
                + mark
                + " /proc/[0-9]*/cmdline; do\n"
                + "  i=$((i+1)); [ $i -lt 2000 ] || exit 9; done\necho begun");
    assertThat(done.output()).isEqualTo("begun\n");
    assertThat(done.ending().code()).isZero();
    assertGone(mark);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void afterItsTimeAJobEndsWithAllThatItStarted(Rung rung) throws Exception {
    assumeReached(rung);
    String mark = mark();
    String script =
        "trap '' TERM; (trap '' TERM; sleep " + mark + ") & echo begun; sleep " + mark + "; wait";
    Done done = jobs.shell(rung, Jobs.sandbox(), script, Duration.ofMillis(700));
    assertThat(done.ending().inTime()).isFalse();
    assertThat(done.output()).isEqualTo("begun\n");
    assertGone(mark);
    assertThat(jobs.folders()).isZero();
  }

  /** As root, jobs have users of their own, for whom the folders above must be open. */
  @ParameterizedTest
  @EnumSource(names = {"NAMESPACES", "BUBBLEWRAP"})
  void whatIsReadableIsReadWhereverItIs(Rung rung) throws Exception {
    assumeReached(rung);
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "readable-of-a-test-");
    Path file = Files.writeString(folder.resolve("data.txt"), "an open book\n");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Sandbox sandbox = new Sandbox(Jobs.SMALL, false, List.of(folder), List.of());
      assertThat(jobs.shell(rung, sandbox, "cat " + file, Jobs.SMALL.time()).output())
          .isEqualTo("an open book\n");
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NAMESPACES", "BUBBLEWRAP"})
  void theSchedulersFilesAreNotToBeSeenThoughAllMayReadThem(Rung rung) throws Exception {
    assumeReached(rung);
    Path folder = Files.createTempDirectory("own-files-of-a-test-");
    Path secret = Files.writeString(folder.resolve("config.yaml"), "password: s3cret\n");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
      String look = "cat " + secret + "; ls " + folder + "; true";
      for (Path hidden : List.of(folder, secret)) {
        Sandbox readable =
            new Sandbox(Jobs.SMALL, false, List.of(folder.getParent()), List.of(hidden));
        assertThat(jobs.shell(rung, readable, look, Jobs.SMALL.time()).output())
            .doesNotContain("s3cret");
      }
      Sandbox open = new Sandbox(Jobs.SMALL, false, List.of(folder), List.of());
      assertThat(jobs.shell(rung, open, look, Jobs.SMALL.time()).output()).contains("s3cret");
    } finally {
      Files.delete(secret);
      Files.delete(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void theSchedulersEnvironmentIsNotToBeRead(Rung rung) throws Exception {
    assumeReached(rung);
    assumeTrue(rung != Rung.LIMITS || jobs.areUsers());
    long scheduler = ProcessHandle.current().pid();
    Done done =
        jobs.shell(
            rung,
            "cat /proc/$PPID/environ /proc/"
                + scheduler
                + "/environ 2>/dev/null | tr '\\0' '\\n'"
                + " | grep -v -e ^PATH= -e ^HOME= -e ^LANG= -e ^TMPDIR= -e ^PWD= -e ^OLDPWD=\n"
                + "env");
    assertThat(done.output().lines().map(line -> line.split("=")[0]))
        .containsExactlyInAnyOrder("PATH", "HOME", "LANG", "TMPDIR", "PWD");
  }

  @ParameterizedTest
  @EnumSource(names = {"NAMESPACES", "BUBBLEWRAP"})
  void aJobThatMayNotDoesNotReachTheNetwork(Rung rung) throws Exception {
    assumeReached(rung);
    assumePython();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String code =
          "import socket\n"
              + "socket.create_connection(('127.0.0.1', %d), timeout=5)\nprint('connected')\n"
                  .formatted(server.getLocalPort());
      assertThat(jobs.python(rung, Jobs.sandbox(), code).output())
          .contains("Error")
          .doesNotContain("connected");
      Sandbox open = new Sandbox(Jobs.SMALL, true, List.of(), List.of());
      assertThat(jobs.python(rung, open, code).output()).isEqualTo("connected\n");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void eachJobHasAFreshFolderThatGoesWithIt(Rung rung) throws Exception {
    assumeReached(rung);
    String fill =
        "ls -A; mkdir -p a/b; echo x > a/b/c; ln -s /etc/hostname a/link; chmod 000 a/b a;"
            + " echo y > $TMPDIR/z; chmod 000 $TMPDIR; chmod 500 .";
    assertThat(jobs.shell(rung, fill).output()).isEqualTo("job.sh\n");
    assertThat(jobs.folders()).isZero();
    assertThat(jobs.shell(rung, fill).output()).isEqualTo("job.sh\n");
    assertThat(Path.of("/etc/hostname")).exists();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void standardInputIsEmpty(Rung rung) throws Exception {
    assumeReached(rung);
    assertThat(jobs.shell(rung, "wc -c").output().strip()).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource(names = {"BUBBLEWRAP"})
  void nothingButTheJobsFolderCanBeWritten(Rung rung) throws Exception {
    assumeReached(rung);
    Done done =
        jobs.shell(
            rung,
            "for f in /x /usr/x /etc/x /dev/x /proc/x; do (echo > $f) 2>/dev/null && echo $f; done\n"
                + "for f in x /tmp/x /dev/shm/x; do echo y > $f || echo $f; done\n"
                + "ls /root /home /var /srv /opt 2>/dev/null; true");
    assertThat(done.output()).isEmpty();
  }

  private void assumeReached(Rung rung) throws InterruptedException {
    Reached reached = jobs.reached();
    assumeTrue(reached.rung().compareTo(rung) >= 0, "this machine reaches " + reached);
  }

  private static void assumePython() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no /usr/bin/python3 here");
  }

  /** A time to sleep, under an hour, that no other process sleeps. */
  private static String mark() {
    return "301." + Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L);
  }

  private static void assertGone(String mark) {
    await().atMost(Duration.ofSeconds(60)).until(() -> !Jobs.runs(mark));
  }
}
