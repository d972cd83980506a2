package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and ends the processes of a user. */
final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Path PROCESSES = Path.of("/proc");
  private static final long PATIENCE_SECONDS = 10;

  private final Launcher launcher;

  Remains(Launcher launcher) {
    this.launcher = requireNonNull(launcher, "launcher is null");
  }

  /** The processes and threads of a user; those that ended count until they are reaped. */
  static int count(int user) {
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        count += threads(process, user);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private static int threads(Path process, int user) {
    try {
      if (!Integer.valueOf(user).equals(Files.getAttribute(process, "unix:uid"))) {
        return 0;
      }
      String[] names = process.resolve("task").toFile().list();
      return names == null ? 0 : names.length;
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }

  /**
   * Ends all processes of the user of a job, whatever their session or parent: a process that
   * forked twice has no link to the job. Only root can do that.
   */
  void end(int user) throws InterruptedException {
    List<String> command =
        List.of(
            Tools.find("setpriv").orElse("setpriv"),
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "/bin/sh",
            "-c",
            "kill -KILL -1");
    try {
      Process process = launcher.start(command, Path.of("/"), Map.of("PATH", Tools.PATH));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.warn("processes that a job left as user {} may still run: kill did not end", user);
      }
    } catch (IOException e) {
      LOG.warn("processes that a job left as user {} may still run: {}", user, e.toString());
    }
  }
}
