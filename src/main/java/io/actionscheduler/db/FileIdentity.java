package io.actionscheduler.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes a SQLite file that was opened: another file of the same name may have taken its place
 * since. Used by one thread at a time.
 */
final class FileIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(FileIdentity.class);

  private final Path path;
  private final Object identity;
  private Object logIdentity; // of its write-ahead log; null where none was seen yet

  private FileIdentity(Path path) {
    this.path = path;
    this.identity = identity(path);
  }

  /** The file that is at {@code path} now. */
  static FileIdentity of(Path path) {
    return new FileIdentity(path);
  }

  /**
   * Whether there is another file, or none, at the path now. Where the old file's write-ahead log
   * is still beside the new file, it is renamed: SQLite would apply it to the new file.
   */
  boolean isReplaced() {
    boolean replaced = !Objects.equals(identity, identity(path));
    Path log = beside("-wal");
    if (!replaced && logIdentity == null && Files.exists(log)) {
      logIdentity = identity(log);
    } else if (replaced && logIdentity != null && logIdentity.equals(identity(log))) {
      putAside(log);
    }
    return replaced;
  }

  private void putAside(Path log) {
    Path aside = beside("-wal.replaced");
    try {
      Files.move(log, aside, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(beside("-shm"));
      LOG.warn("{} belongs to the file that was there before; it is renamed to {}", log, aside);
    } catch (IOException e) {
      LOG.error(
          "{} belongs to the file that was there before; remove it before {} is opened: {}",
          log,
          path,
          e.toString());
    }
  }

  private Path beside(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** Differs between files of the same name; null on systems that have nothing of the kind. */
  private static Object identity(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return "no file: " + e.getMessage();
    }
  }
}
