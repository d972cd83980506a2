package io.actionscheduler.db;

import io.actionscheduler.db.FileHeader.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The file of an open database as the disk has it: whether it is still the one that was opened, and
 * what its write-ahead log belongs to. To be closed after the connections. Safe for use by several
 * threads.
 */
public final class FileOnDisk implements AutoCloseable {
  private final Path path;
  private final Object identity;
  private Object logIdentity; // null where the file has no log
  private Object indexIdentity; // of the log's index, likewise
  private final FileHeader header;
  private Look look; // the last one at the file that was opened

  private FileOnDisk(Path path) {
    this.path = path;
    this.identity = identity(path);
    this.logIdentity = identity(log());
    this.indexIdentity = identity(index());
    this.header = FileHeader.open(path);
    this.look = header.look(Look.NONE);
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
    Object log = identity(log());
    Object index = log == null ? null : identity(index());
    if (!Objects.equals(identity, identity(path))
        || isGone(logIdentity, log)
        || isGone(indexIdentity, index)) {
      return true;
    }
    logIdentity = log; // to notice when another log replaces it
    indexIdentity = index;
    return log == null && isWrittenOver();
  }

  /** SQLite itself removes a log only with its last connection, and its index with it. */
  private static boolean isGone(Object before, Object now) {
    return before != null && !before.equals(now);
  }

  /**
   * Makes way for the file that is there now: puts the log of a replaced file aside, and copies one
   * that was removed into the file.
   *
   * @return what happened, for people
   */
  synchronized String makeWay(CopyLog copy) throws SQLException {
    Object log = identity(log());
    boolean logGone = isGone(logIdentity, log);
    if (!Objects.equals(identity, identity(path))
        || !logGone && !isGone(indexIdentity, identity(index()))) {
      return "the file was replaced while it was open" + putLogAside();
    }
    String gone =
        "its " + (logGone ? log() : index()).getFileName() + " was removed while it was open; ";
    String lost = gone + "what the write-ahead log held last may be lost";
    if (logGone && log != null) {
      return lost + ": another program has written a new one";
    }
    try {
      return copy.run()
          ? gone + "nothing is lost: what the write-ahead log held was copied into the file"
          : lost;
    } catch (SQLException e) {
      return lost + ": " + e.getMessage();
    }
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
    Look now = header.look(look);
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
   * Makes sure that the file that took its place can be opened: one that is still being copied
   * would be taken for a new, empty database, or for a broken one.
   */
  void requireWhole() throws SQLException {
    if (!Files.exists(path)) {
      throw new SQLException("the file is gone; bring it back");
    }
    if (!Objects.equals(identity, identity(path)) && !FileHeader.isWhole(path)) {
      throw new SQLException("the file was replaced, and what is there now is not whole yet");
    }
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

  @Override
  public void close() throws SQLException {
    header.close();
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
