package io.actionscheduler.callback.code;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs small jobs at a rung, for tests. */
final class Jobs implements AutoCloseable {
  static final long MIB = 1024 * 1024;

  /** Small enough that what breaks a limit does no harm. */
  static final CodeLimits SMALL =
      new CodeLimits(Duration.ofSeconds(20), Duration.ofMinutes(1), 256 * MIB, 5, 8 * MIB, 20);

  final Path parent;
  private final Users users;
  private final JobRunner runner;

  /** What became of a job. */
  record Done(RunningJob.Ending ending, String output) {}

  Jobs() throws IOException {
    // Not a folder of the test, which only its own user may enter: jobs are users of their own.
    parent = Files.createTempDirectory("jobs-of-a-test-");
    Files.setPosixFilePermissions(
        parent, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
    Launcher launcher = new Launcher();
    users = Users.ofSystem(Users.FIRST, new Remains(launcher));
    runner =
        new JobRunner(launcher, users, new JobFolders(parent), new ControlGroups(Optional.empty()));
  }

  /** Whether each job is a user of its own. */
  boolean areUsers() {
    return users.isRoot();
  }

  Done shell(Rung rung, String script) throws CallbackException, InterruptedException {
    return shell(rung, sandbox(), script, SMALL.time());
  }

  Done shell(Rung rung, Sandbox sandbox, String script, Duration limit)
      throws CallbackException, InterruptedException {
    Program program = Program.ofText(List.of("/bin/sh", "job.sh"), "job.sh", script, List.of());
    return run(rung, sandbox, program, limit);
  }

  Done python(Rung rung, Sandbox sandbox, String code)
      throws CallbackException, InterruptedException {
    List<String> command = List.of("/usr/bin/python3", "job.py");
    return run(rung, sandbox, Program.ofText(command, "job.py", code, List.of()), SMALL.time());
  }

  Done run(Rung rung, Sandbox sandbox, Program program, Duration limit)
      throws CallbackException, InterruptedException {
    KeptOutput output = KeptOutput.ofBothEnds();
    RunningJob.Ending ending =
        runner.run(new Job(program, Map.of(), limit), sandbox, rung, output, new JobGroup());
    return new Done(ending, output.text());
  }

  static Sandbox sandbox(Path... hidden) {
    return new Sandbox(SMALL, false, List.of(), List.of(hidden));
  }

  /** How many folders of jobs are there. */
  long folders() throws IOException {
    try (Stream<Path> all = Files.walk(parent, 2)) {
      return all.filter(path -> path.getFileName().toString().startsWith("job-")).count();
    }
  }

  /** Whether a process runs that has {@code word} among its arguments. */
  static boolean runs(String word) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (arguments(process).contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> arguments(Path process) {
    try {
      return List.of(Files.readString(process.resolve("cmdline")).split("\0"));
    } catch (IOException e) {
      return List.of(); // it has ended meanwhile
    }
  }

  /** What this machine reaches; tests of higher rungs are skipped. */
  Reached reached() throws InterruptedException {
    return new Ladder(runner, sandbox()).reach(Rung.LIMITS);
  }

  @Override
  public void close() throws IOException {
    runner.close();
    Files.delete(parent);
  }
}
