package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The highest rung. What the kernel does with the files is tested only where the variable
 * TEST_CGROUP names a delegated group; elsewhere a folder stands for it.
 */
@EnabledOnOs(OS.LINUX)
class ControlGroupsTest {
  @TempDir private Path folder;

  private ControlGroups groups(String controllers) throws IOException {
    Files.writeString(folder.resolve("cgroup.controllers"), controllers + "\n");
    Files.writeString(folder.resolve("cgroup.subtree_control"), "\n");
    return new ControlGroups(Optional.of(folder));
  }

  @Test
  void aGroupThatIsDelegatedIsPreparedAndWhatAKilledSchedulerLeftIsRemoved() throws IOException {
    Path abandoned = Files.createDirectory(folder.resolve("job-1-1"));
    ControlGroups groups = groups("cpuset cpu io memory pids");

    assertThat(groups.isNamed()).isTrue();
    assertThat(groups.fault()).isEmpty();
    assertThat(folder.resolve("cgroup.subtree_control")).hasContent("+memory +pids");
    assertThat(abandoned).doesNotExist();
  }

  @Test
  void aGroupThatCannotBeUsedIsToldWithItsReason() throws IOException {
    assertThat(groups("cpu io").fault().orElseThrow())
        .contains(folder.toString(), "[cpu, io]", "memory and pids are needed");
    Path missing = folder.resolve("missing");
    assertThat(new ControlGroups(Optional.of(missing)).fault().orElseThrow())
        .contains(missing.toString(), "cannot be used", "delegated to the scheduler's user");
    assertThat(new ControlGroups(Optional.empty()).isNamed()).isFalse();
  }

  @Test
  void aJobHasAGroupOfItsOwnWithItsLimits() throws IOException {
    ControlGroups groups = groups("memory pids");
    Path one = groups.make(Jobs.SMALL);
    Path other = groups.make(Jobs.SMALL);

    assertThat(one).isNotEqualTo(other);
    assertThat(one.resolve("memory.max")).hasContent(Long.toString(256 * Jobs.MIB));
    assertThat(one.resolve("memory.oom.group")).hasContent("1");
    assertThat(one.resolve("pids.max")).hasContent("24");
    Files.delete(folder.resolve("cgroup.controllers"));
    assertThatThrownBy(
            () -> new ControlGroups(Optional.of(folder.resolve("gone"))).make(Jobs.SMALL))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aProgramEntersItsGroupBeforeItBegins() throws Exception {
    Path group = Files.createDirectory(folder.resolve("job-7"));
    Process process =
        new ProcessBuilder(
                ControlGroups.inside(group, List.of("/bin/sh", "-c", "echo \"$$ $1\"", "x", "a b")))
            .start();
    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo(process.pid() + " a b\n");
    assertThat(group.resolve("cgroup.procs")).hasContent(Long.toString(process.pid()));
  }

  @Test
  void aProgramThatCannotEnterDoesNotRun() throws Exception {
    Process process =
        new ProcessBuilder(
                ControlGroups.inside(folder.resolve("gone"), List.of("/bin/echo", "ran")))
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes())).doesNotContain("ran\n");
    assertThat(process.waitFor()).isNotZero();
  }

  @Test
  void anEmptyGroupIsRemoved() throws Exception {
    Path group = Files.createDirectory(folder.resolve("job-8"));
    ControlGroups.remove(group);
    assertThat(group).doesNotExist();
    ControlGroups.remove(group); // gone already
  }

  @Test
  void theKernelHoldsAJobWithinItsGroup() throws Exception {
    String delegated = System.getenv("TEST_CGROUP");
    assumeTrue(delegated != null, "TEST_CGROUP names no delegated control group of version 2");
    try (Launcher launcher = new Launcher()) {
      ControlGroups groups = new ControlGroups(Optional.of(Path.of(delegated)));
      Path parent = Files.createTempDirectory("jobs-of-a-test-");
      Files.setPosixFilePermissions(
          parent, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
      Users users = Users.ofSystem(Users.FIRST, new Remains(launcher));
      JobRunner runner = new JobRunner(launcher, users, new JobFolders(parent), groups);
      assertThat(new Ladder(runner, Jobs.sandbox()).reach(Rung.CGROUP).rung())
          .isEqualTo(Rung.CGROUP);
      // Ten processes of 100 MiB each: every one is within its own limit, all of them are not.
      String script =
          "for i in 1 2 3 4 5 6 7 8 9 10; do\n"
              + "  python3 -c 'x = b\"x\" * (100 << 20); import time; time.sleep(5)' &\ndone; wait";
      Job job =
          new Job(
              Program.ofText(List.of("/bin/sh", "job.sh"), "job.sh", script, List.of()),
              Map.of(),
              Duration.ofSeconds(30));
      KeptOutput output = KeptOutput.ofBothEnds();
      RunningJob.Ending ending =
          runner.run(job, Jobs.sandbox(), Rung.CGROUP, output, new JobGroup());
      assertThat(ending.code()).isEqualTo(137);
      runner.close();
      Files.delete(parent);
    }
  }
}
