package io.actionscheduler.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
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
  private Object indexIdentity; // of the log's index, likewise
  private Look look; // the last one at the file that was opened

  /**
   * What a look at a file shows without reading it whole.
   *
   * @param commits counts the commits that programs made through SQLite
   * @param version with that, what SQLite compares to learn whether pages in memory still hold
   */
  private record Look(FileTime modifiedAt, long size, long commits, long version) {
    static final Look NONE = new Look(FileTime.fromMillis(0), 0, 0, 0);
  }

  private FileOnDisk(Path path) {
    this.path = path;
    this.identity = identity(path);
    this.logIdentity = identity(log());
    this.indexIdentity = identity(index());
    this.look = look(Look.NONE);
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

  /**
   * Whether the file that was opened was replaced or removed, or its contents were overwritten:
   * {@code cp} writes over a file without SQLite, which then continues with what it has in memory
   * if the header happens to be alike. Also, whether its log was removed: SQLite would write on to
   * a file without a name, which other programs do not see and a crash takes away.
   */
  synchronized boolean isReplaced() {
    if (!Objects.equals(identity, identity(path)) || isLogGone()) {
      return true;
    }
    logIdentity = identity(log()); // to notice when another log replaces it
    indexIdentity = logIdentity == null ? null : identity(index());
    return logIdentity == null && isWrittenOver();
  }

  /** SQLite itself removes a log only with its last connection, and its index with it. */
  private boolean isLogGone() {
    return logIdentity != null && !Files.exists(log())
        || indexIdentity != null && !Files.exists(index());
  }

  /**
   * Makes way for the file that is there now: puts the log of a replaced file aside, and copies one
   * that was removed into the file.
   *
   * @return what happened, for people
   */
  synchronized String makeWay(CopyLog copy) throws SQLException {
    if (!Objects.equals(identity, identity(path)) || !isLogGone()) {
      return "the file was replaced while it was open" + putLogAside();
    }
    Path gone = (Files.exists(log()) ? index() : log()).getFileName();
    boolean copied;
    try {
      copied = copy.run();
    } catch (SQLException e) { // another program has written to a log of its own meanwhile
      copied = false;
    }
    return "its "
        + gone
        + " was removed while it was open; "
        + (copied
            ? "nothing is lost: what the write-ahead log held was copied into the file"
            : "what the write-ahead log held last may be lost");
  }

  /** Copies the log that is open into its file. */
  @FunctionalInterface
  interface CopyLog {
    /** Whether all of it was copied. */
    boolean run() throws SQLException;
  }

  private boolean isWrittenOver() {
    if (Files.exists(beside("-journal"))) {
      return false; // a transaction may be on its way into the file
    }
    Look now = look(look);
    boolean changed = !now.modifiedAt().equals(look.modifiedAt()) || now.size() != look.size();
    boolean committed = now.commits() != look.commits() || now.version() != look.version();
    if (changed
        && (!committed || now.commits() < look.commits())
        && !Files.exists(beside("-journal"))) {
      return true;
    }
    look = now;
    return false;
  }

  /**
   * @param before is returned if nothing can be read
   */
  private Look look(Look before) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.lastModifiedTime().equals(before.modifiedAt()) && file.size() == before.size()) {
        return before;
      }
      byte[] header = header();
      return header.length < HEADER
          ? before
          : new Look(
              file.lastModifiedTime(),
              file.size(),
              number(header, CHANGED_AT, 4),
              number(header, PAGES_AT, 8));
    } catch (IOException e) {
      return before;
    }
  }

  private byte[] header() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEADER);
    }
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
    try {
      byte[] header = header();
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
      Files.deleteIfExists(index());
    } catch (IOException e) {
      throw new SQLException(index() + " must be removed: " + e.getMessage(), e);
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

  private Path index() {
    return beside("-shm");
  }

  private Path beside(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }
}
