package io.actionscheduler.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies beside a SQLite file before it is opened: a write-ahead log that may belong to another
 * file of its name, which SQLite would apply without a word, or the trace of one that was removed.
 * Nothing says to which file a log belongs, so both are only reported.
 */
final class FoundLog {
  private static final Logger log = LoggerFactory.getLogger(FoundLog.class);

  /** A file is at most so much newer than its own log: it is written when the log is copied. */
  private static final long MOST_NEWER_MILLIS = 10_000;

  private FoundLog() {}

  /** Warns where something is wrong; must be called before the file is opened. */
  static void warn(Path path) {
    find(path).ifPresent(fault -> log.warn("{}: {}", path, fault));
  }

  static Optional<String> find(Path path) {
    Path written = beside(path, "-wal");
    try {
      return find(
          path, Files.exists(written) ? changed(path).toMillis() - changed(written).toMillis() : 0);
    } catch (IOException e) {
      return Optional.empty(); // it vanished at this moment, as another program closed the file
    }
  }

  /**
   * As above.
   *
   * @param newer how many milliseconds the file is newer than its log
   */
  static Optional<String> find(Path path, long newer) throws IOException {
    Path written = beside(path, "-wal");
    Path index = beside(path, "-shm");
    if (!Files.exists(written) && Files.exists(index) && !Files.exists(written)) { // both may come
      return Optional.of(
          written.getFileName()
              + " was removed, but "
              + index.getFileName()
              + " was not, so the last process did not close the file: what it wrote last may be"
              + " lost, and fires of that time may be delivered again; put "
              + written.getFileName()
              + " back if it still exists");
    }
    return Files.exists(written) && Files.size(written) > 0 && newer > MOST_NEWER_MILLIS
        ? Optional.of(
            "%s is %d s older than the file, and is applied to it; if the file was restored from a"
                    .formatted(written.getFileName(), newer / 1000)
                + " backup, the log belongs to the earlier file: stop the scheduler, remove %s and"
                + " %s, and restore the file again"
                    .formatted(written.getFileName(), index.getFileName()))
        : Optional.empty();
  }

  private static Path beside(Path path, String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** Moving a file does not change its modification time, but it changes its ctime. */
  private static FileTime changed(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (FileTime) Files.getAttribute(path, "unix:ctime")
        : Files.getLastModifiedTime(path);
  }
}
