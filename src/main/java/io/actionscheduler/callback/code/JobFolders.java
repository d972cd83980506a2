package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of all jobs, in one folder of this process. A lock in it shows the next start whether
 * it was left by a scheduler that was killed.
 */
final class JobFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobFolders.class);

  private static final String NAME = "action-scheduler-jobs-";
  private static final String LOCK = "lock";
  private static final long REMOVAL_SECONDS = 60;

  private final Path parent;
  private Path own; // null until the first job
  private FileChannel lock;

  /**
   * @param parent must be there, and its path open to every user where jobs have users of their own
   */
  JobFolders(Path parent) {
    this.parent = requireNonNull(parent, "parent is null");
  }

  /**
   * A fresh folder for a job of {@code user}.
   *
   * @throws IOException when it cannot be made
   */
  JobFolder create(User user) throws IOException {
    return JobFolder.create(own(), user);
  }

  private synchronized Path own() throws IOException {
    if (own == null) {
      removeAbandoned();
      own = Files.createTempDirectory(parent.toRealPath(), NAME);
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx--x--x"));
      lock =
          FileChannel.open(
              own.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
    }
    return own;
  }

  /** Removes a job's folder with all that is in it; where that fails, the log says so. */
  void remove(JobFolder folder) {
    removeAll(folder.root());
  }

  private void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(me())
            && isAbandoned(folder.resolve(LOCK))) {
          removeAll(folder);
        }
      }
    }
  }

  private static Object me() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }

  private static boolean isAbandoned(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false; // it is just being made, or belongs to another object in this process
    }
  }

  /**
   * Removes them with the system's {@code rm}, which does not follow links that a job has left, and
   * removes folders of any depth.
   */
  private static void removeAll(Path folder) {
    try {
      if (run(List.of("rm", "-rf", "--", folder.toString())) != 0) {
        run(
            List.of(
                "chmod",
                "-R",
                "u+rwX",
                "--",
                folder.toString())); // the job may have made it read-only
        if (run(List.of("rm", "-rf", "--", folder.toString())) != 0) {
          LOG.warn("the folder of a job could not be removed: {}", folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("the folder of a job could not be removed: {}: {}", folder, e.toString());
    }
  }

  private static int run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean interrupted =
        Thread.interrupted(); // the folder must be removed although the scheduler stops
    try {
      if (!process.waitFor(REMOVAL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return process.onExit().join().exitValue();
    } catch (InterruptedException e) {
      interrupted = true;
      return process.onExit().join().exitValue();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void close() {
    if (own != null) {
      removeAll(own);
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debug("the lock of {} could not be closed: {}", own, e.toString());
      }
      own = null;
    }
  }
}
