package io.actionscheduler.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What lies beside a SQLite file before it is opened: a write-ahead log that may belong to another
 * file of its name, which SQLite would apply without a word, or the trace of one that was removed.
 * Nothing says to which file a log belongs, so both are only reported.
 */
public final class FoundLog {
  /** A file is at most so much newer than its own log: it is written when the log is copied. */
  private static final long MOST_NEWER_MILLIS = 10_000;

  private FoundLog() {}

  /**
   * What was wrong beside {@code file} before it was opened, for people; empty where nothing was.
   * Beside a process that has the file open, the log is in use, so only the owner may tell this.
   */
  public static Optional<String> of(SqliteFile file) {
    return file.found;
  }

  /** What is wrong there, for people; must be called before the file is opened. */
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
            "the file was changed %d s after %s, which is applied to it; a new owner or other"
                    .formatted(newer / 1000, written.getFileName())
                + " permissions of the file do no harm, but if it was restored from a backup, the"
                + " log belongs to the earlier file: stop the scheduler, remove %s and %s, and"
                    .formatted(written.getFileName(), index.getFileName())
                + " restore the file again")
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
