package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * One SQLite file, shared by everything that this process stores in it. One connection writes,
 * another reads, so {@code data_version} of the writing one shows only commits of other programs.
 *
 * <p>Safe for use by several threads; a write, or a read, waits for the one before it, and for the
 * lock of another program: as long as {@code busy_timeout} of the address says (milliseconds), or
 * 10 s; then {@code SQLITE_BUSY} is thrown. Interrupts do not end these waits.
 */
public final class SqliteFile implements AutoCloseable {
  private static final int MOST_TOGETHER = 200;

  private final Path path;
  private final String url;
  private SqliteConnection writer; // null where there is no file yet
  private volatile FileOnDisk onDisk; // the file that is open; null where there is none
  // Fair: requests that keep one of them busy must not hold up the record of fires.
  private final ReentrantLock writerLock = new ReentrantLock(true);
  private final ReentrantLock readerLock = new ReentrantLock(true);
  private final BlockingQueue<WaitingWork<?>> waiting = new LinkedBlockingQueue<>();
  private final BusyWait writersWait; // for the lock of the file
  final BusyWait readersWait;
  private SqliteConnection reader;
  private volatile boolean closed;
  private volatile int generation;
  private volatile String replaced = "";
  Optional<String> found = Optional.empty(); // for FoundLog

  /** Work on a connection inside a transaction; it neither begins nor ends one itself. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * @throws SQLException undoes the transaction
     */
    T with(Handle handle) throws SQLException;
  }

  private SqliteFile(Path path, String url) {
    this.path = path;
    this.url = url;
    this.writersWait = BusyWait.of(url, () -> closed);
    this.readersWait = BusyWait.of(url, () -> closed);
  }

  /**
   * Opens the file. A missing file reads as an empty database; all methods except {@link #read}
   * create it. The journal mode is left as it is.
   *
   * @param url {@code jdbc:sqlite:…}, its parameters passed on to SQLite
   * @throws SQLException when the file is there and is no database or cannot be opened
   */
  public static SqliteFile open(Path path, String url) throws SQLException {
    SqliteFile file = new SqliteFile(requireNonNull(path, "path is null"), url);
    Path folder = path.toAbsolutePath().getParent();
    SqliteLibrary.prepare(folder == null ? path : folder);
    if (!FileOnDisk.isAbsent(path)) {
      file.found = FoundLog.find(path);
      file.writer();
    }
    return file;
  }

  private SqliteConnection writer() throws SQLException {
    if (writer == null) {
      requireOpen();
      SqliteConnection connection = SqliteConnection.open(url, writersWait);
      try {
        connection.execute("PRAGMA schema_version"); // a file that is no database fails here
        connection.keepPages();
        connection.learnJournalMode();
      } catch (SQLException e) {
        try (connection) {
          throw e;
        }
      }
      writer = connection;
      onDisk = FileOnDisk.opened(path);
    }
    return writer;
  }

  private void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLException(path + " is closed");
    }
  }

  /**
   * Continues with the file that took the place of the open one, or opens it again if its log was
   * removed. What only the old file holds, the caller writes to the new one: {@link #generation}.
   *
   * @throws SQLException where there is no file now, or one not yet whole; the old one stays open
   */
  public void refresh() throws SQLException {
    if (!isReplaced() || readerLock.isHeldByCurrentThread() || writerLock.isHeldByCurrentThread()) {
      return; // what is under way in this thread ends on the old file
    }
    writerLock.lock(); // in the order in which a commit takes them
    readerLock.lock();
    try {
      if (!isReplaced()) {
        return;
      }
      onDisk.requireWhole();
      String what = onDisk.makeWay(() -> writer == null || writer.copyLog());
      onDisk.keepLogFrom(this::closeConnections);
      writer();
      generation++;
      replaced = what;
    } finally {
      readerLock.unlock();
      writerLock.unlock();
    }
  }

  private boolean isReplaced() {
    FileOnDisk open = onDisk;
    return open != null && !closed && open.isReplaced();
  }

  /** How often the file was opened again: another one took its place, or its log was removed. */
  public int generation() {
    return generation;
  }

  /** Why it was opened again the last time, for people. */
  public String replaced() {
    return replaced;
  }

  public Path path() {
    return path;
  }

  /**
   * Sets write-ahead logging: only for a file that this program alone uses, never for one with
   * tables of other programs.
   *
   * @throws SQLException when it cannot be set, for instance in a read-only folder
   */
  public void useWriteAheadLog() throws SQLException {
    writerLock.lock();
    try {
      writer().execute("PRAGMA journal_mode = WAL");
      writer().learnJournalMode();
    } finally {
      writerLock.unlock();
    }
  }

  /**
   * Runs {@code work} in one transaction that holds the write lock from its start. Must not be
   * called from within {@code work}, nor from the work of a {@link #read}: outside write-ahead
   * logging the commit would wait for that very read.
   *
   * @throws SQLException from {@code work}, or when the file cannot be written
   */
  public <T> T write(Work<T> work) throws SQLException {
    requireNoTransaction();
    writerLock.lock();
    try {
      return writer()
          .transaction(
              "BEGIN IMMEDIATE", () -> writer.commit(readerLock, readersWait::waits), work);
    } finally {
      writerLock.unlock();
    }
  }

  /**
   * Like {@link #write}, in one transaction with other works that wait at the same time: a commit
   * takes some milliseconds, however much it writes. A work that throws is undone alone. It may run
   * on the thread of another caller, so it must need no lock that its own caller holds. Called from
   * within another work, it becomes a part of that.
   *
   * @throws SQLException when it fails, or the transaction cannot be committed
   */
  public <T> T writeTogether(Work<T> work) throws SQLException {
    if (isWriting()) {
      return writer.join(work);
    }
    requireNoTransaction();
    WaitingWork<T> mine = new WaitingWork<>(work);
    waiting.add(mine);
    writerLock.lock();
    try {
      while (!mine.isDone()) {
        writeWaiting();
      }
      return mine.result();
    } finally {
      writerLock.unlock();
    }
  }

  /** How many works wait for a common transaction; for tests. */
  int waiting() {
    return waiting.size();
  }

  private void writeWaiting() {
    List<WaitingWork<?>> works = new ArrayList<>();
    waiting.drainTo(works, MOST_TOGETHER);
    try {
      writer().together(works, () -> writer.commit(readerLock, readersWait::waits));
    } catch (SQLException e) { // it cannot be opened
      works.forEach(work -> work.failed(e));
    }
  }

  /** Whether a write is under way in this thread. */
  public boolean isWriting() {
    return writerLock.isHeldByCurrentThread();
  }

  private void requireNoTransaction() {
    if (isWriting() || readerLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction on " + path + " is under way in this thread");
    }
  }

  /**
   * Runs {@code work} on one state of the file, at the same time as a writer if the journal mode
   * allows it. Otherwise no program can commit before it ends, so read large amounts in parts.
   *
   * @throws SQLException from {@code work}, or when the file cannot be read
   * @throws IllegalStateException when a read is under way in this thread
   */
  public <T> T read(Work<T> work) throws SQLException {
    if (readerLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a read of " + path + " is under way in this thread");
    }
    readerLock.lock();
    try {
      requireOpen();
      if (reader == null && FileOnDisk.isAbsent(path)) {
        try (SqliteConnection empty = SqliteConnection.open("jdbc:sqlite::memory:", readersWait)) {
          return empty.read(work);
        }
      }
      if (reader == null) {
        reader = SqliteConnection.open(url, readersWait);
      }
      return reader.read(work);
    } finally {
      readerLock.unlock();
    }
  }

  /**
   * A number that differs from the last one given whenever another connection or process committed
   * in between; commits by {@link #write} do not change it. Ask before a read, not after it.
   *
   * @throws SQLException when the file cannot be read
   */
  public long foreignChanges() throws SQLException {
    writerLock.lock();
    try {
      return Long.parseLong(writer().pragma("data_version"));
    } finally {
      writerLock.unlock();
    }
  }

  /** Waits for the work under way, but not for another program's lock; may be called again. */
  @Override
  public void close() throws SQLException {
    closed = true; // before the locks: work that waits for another program's lock holds one of them
    writerLock.lock();
    readerLock.lock();
    try {
      closeConnections();
    } finally {
      readerLock.unlock();
      writerLock.unlock();
    }
  }

  private void closeConnections() throws SQLException {
    try (FileOnDisk last = onDisk; // closed after the connections
        SqliteConnection first = reader;
        SqliteConnection second = writer) {
      reader = null;
      writer = null;
    }
  }
}
