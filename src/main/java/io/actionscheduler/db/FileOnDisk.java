package io.actionscheduler.db;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The file of an open database as the disk has it: whether it is still the one that was opened, and
 * what its write-ahead log belongs to. Safe for use by several threads.
 */
public final class FileOnDisk {
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGED_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int PAGES_COUNTED_AT = 92;

  private final Path path;
  private final Object identity;
  private Object logIdentity; // null where the file has no log

  private FileOnDisk(Path path) {
    this.path = path;
    this.identity = identity(path);
    this.logIdentity = identity(log());
  }

  /** Whether there is no file at {@code path}, though one could be made. */
  static boolean isAbsent(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return !Files.exists(path) && folder != null && Files.isWritable(folder);
  }

  /** The file that was opened just now. */
  static FileOnDisk opened(Path path) {
    return new FileOnDisk(path);
  }

  /** Differs between files of the same name; null where there is none. */
  public static Object identity(Path path) {
    if (!Files.exists(path)) { // usual for a log, and asked before each transaction
      return null;
    }
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? path : key; // some systems have nothing of the kind
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether another file, or none, is in the place of the one that was opened. */
  synchronized boolean isReplaced() {
    boolean replaced = !Objects.equals(identity, identity(path));
    if (!replaced) {
      logIdentity = identity(log()); // of this file, so that it can be told when another is there
    }
    return replaced;
  }

  /**
   * Makes sure that the file that took its place can be opened: one that is still being copied
   * would be taken for a new, empty database, or for a broken one.
   */
  void requireWhole() throws SQLException {
    if (!Files.exists(path)) {
      throw new SQLException("the file is gone; bring it back");
    }
    if (!isWhole()) {
      throw new SQLException("the file was replaced, and what is there now is not whole yet");
    }
  }

  private boolean isWhole() throws SQLException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length < HEADER) {
        return false;
      }
      // The header's number of pages is right only if the program that changed it last set it.
      boolean counted = number(header, CHANGED_AT, 4) == number(header, PAGES_COUNTED_AT, 4);
      long page = number(header, PAGE_SIZE_AT, 2);
      long size = (page == 1 ? 65_536 : page) * number(header, PAGES_AT, 4);
      return !counted || Files.size(path) >= size;
    } catch (IOException e) {
      throw new SQLException("the file was replaced, and cannot be read: " + e.getMessage(), e);
    }
  }

  private static long number(byte[] header, int at, int bytes) {
    long number = 0;
    for (int i = at; i < at + bytes; i++) {
      number = number << 8 | header[i] & 0xff;
    }
    return number;
  }

  /**
   * Renames the write-ahead log of the old file where it is still beside the new file: SQLite would
   * apply it to the new file.
   *
   * @return what was done, as the end of a message; empty for nothing
   */
  synchronized String putLogAside() throws SQLException {
    if (logIdentity == null || !logIdentity.equals(identity(log()))) {
      return "";
    }
    Path aside = beside("-wal.replaced");
    move(log(), aside);
    try {
      Files.deleteIfExists(beside("-shm"));
    } catch (IOException e) {
      throw new SQLException(beside("-shm") + " must be removed: " + e.getMessage(), e);
    }
    return "; the write-ahead log of the old file was renamed to " + aside.getFileName();
  }

  /** Runs {@code close} with the new file's own log moved away: SQLite deletes it by its name. */
  void keepLogFrom(Close close) throws SQLException {
    if (!Files.exists(log())) {
      close.run();
      return;
    }
    Path kept = beside("-wal.kept");
    move(log(), kept);
    try {
      close.run();
    } finally {
      move(kept, log());
    }
  }

  /** Closes connections. */
  @FunctionalInterface
  interface Close {
    void run() throws SQLException;
  }

  private static void move(Path from, Path to) throws SQLException {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SQLException(
          from + " cannot be moved to " + to + ", remove it: " + e.getMessage(), e);
    }
  }

  private Path log() {
    return beside("-wal");
  }

  private Path beside(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }
}
