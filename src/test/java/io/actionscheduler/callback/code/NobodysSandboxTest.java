package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sandboxes of a scheduler that is not root: run as user nobody where the tests are root. */
@EnabledOnOs(OS.LINUX)
class NobodysSandboxTest {
  private static final int NOBODY = 65_534;

  private Path parent;
  private JobFolder folder;

  @BeforeEach
  void create() throws Exception {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root becomes another user");
    parent = Files.createTempDirectory("nobodys-jobs-");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    folder = JobFolder.create(parent, User.own(NOBODY));
  }

  @AfterEach
  void remove() throws Exception {
    if (parent != null) {
      new ProcessBuilder("rm", "-rf", parent.toString()).start().waitFor();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void theLimitsHoldForTheSchedulersOwnUser(Rung rung) throws Exception {
    int beside = rung == Rung.LIMITS ? Remains.count(NOBODY) : 0;
    String output =
        run(
            rung,
            User.same(NOBODY, beside),
            List.of(),
            "echo memory $(ulimit -v); echo y > here && cat here\n"
                + "i=0; while [ $i -lt 60 ]; do sleep 5 & i=$((i+1)); echo $i; done");
    assertThat(output)
        .startsWith("memory 262144\ny\n1\n")
        .containsIgnoringCase("cannot fork")
        .doesNotContain("\n40\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"NAMESPACES", "BUBBLEWRAP"})
  void neitherTheSchedulersFilesNorOtherProcessesAreSeen(Rung rung) throws Exception {
    Path own = Files.createDirectory(parent.resolve("own"));
    Files.writeString(own.resolve("config.yaml"), "s3cret");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    String look = "cat " + own + "/config.yaml 2>&1; umount " + own + " 2>/dev/null; cat " + own;
    String output =
        run(
            rung,
            User.same(NOBODY, 0),
            List.of(own),
            look + "/config.yaml 2>&1; echo /proc/[0-9]*");
    assertThat(output).doesNotContain("s3cret").contains("/proc/1 ");
    assertThat(output.lines().reduce((a, b) -> b).orElseThrow().split(" ")).hasSizeLessThan(10);
  }

  private String run(Rung rung, User user, List<Path> hidden, String script) throws Exception {
    folder.write("job.sh", script.getBytes(StandardCharsets.UTF_8), User.own(NOBODY));
    Sandbox sandbox =
        new Sandbox(
            new CodeLimits(
                Duration.ofSeconds(9), Duration.ofSeconds(9), 256 * Jobs.MIB, 5, Jobs.MIB, 20),
            false,
            List.of(),
            hidden);
    List<String> command =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    command.addAll(sandbox.command(rung, user, folder, List.of("/bin/sh", "job.sh")));
    Path output = parent.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assumeTrue(
        !text.matches("(?s)(unshare|bwrap): .*(Operation not permitted|No such file).*"), text);
    return text;
  }
}
