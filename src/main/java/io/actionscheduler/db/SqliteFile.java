package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.BusyHandler;

/**
 * One SQLite file, shared by everything that this process stores in it. One connection writes,
 * another reads, so {@code data_version} of the writing one shows only commits of other programs.
 *
 * <p>Safe for use by several threads; a write, or a read, waits for the one before it, and for the
 * lock of another program: as long as {@code busy_timeout} of the address says (milliseconds), or
 * 10 s; then {@code SQLITE_BUSY} is thrown. Interrupts do not end these waits.
 */
public final class SqliteFile implements AutoCloseable {
  private final Path path;
  private final String url;
  private Connection writer; // null where there is no file yet
  private volatile FileOnDisk onDisk; // the file that is open; null where there is none
  private final ReentrantLock writerLock = new ReentrantLock();
  private final ReentrantLock readerLock = new ReentrantLock();
  private Connection reader;
  private volatile boolean closed;
  private volatile int generation;
  private volatile String replaced = "";

  /** Work on a connection inside a transaction; it neither begins nor ends one itself. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Handle handle) throws SQLException;
  }

  private SqliteFile(Path path, String url) {
    this.path = path;
    this.url = url;
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
    if (!file.isAbsent()) {
      file.writer();
    }
    return file;
  }

  /** Whether there is no file, though one could be made. */
  private boolean isAbsent() {
    Path folder = path.toAbsolutePath().getParent();
    return !Files.exists(path) && folder != null && Files.isWritable(folder);
  }

  private Connection writer() throws SQLException {
    if (writer == null) {
      if (closed) {
        throw new SQLException(path + " is closed");
      }
      Connection connection = connect(url);
      try {
        execute(connection, "PRAGMA schema_version"); // a file that is no database fails here
      } catch (SQLException e) {
        closeAfter(e, connection);
        throw e;
      }
      writer = connection;
      onDisk = FileOnDisk.opened(path);
    }
    return writer;
  }

  /**
   * Continues with the file that took the place of the open one; does nothing where none did. What
   * only the old file holds, the caller has to write to the new one: see {@link #generation}.
   *
   * @throws SQLException where there is no file now, or one that is not whole yet; the old one
   *     stays open
   */
  public void refresh() throws SQLException {
    if (!isReplaced() || readerLock.isHeldByCurrentThread() || writerLock.isHeldByCurrentThread()) {
      return; // what is under way in this thread ends on the old file
    }
    readerLock.lock();
    writerLock.lock();
    try {
      if (!isReplaced()) {
        return;
      }
      onDisk.requireWhole();
      String log = onDisk.putLogAside();
      onDisk.keepLogFrom(this::closeConnections);
      writer();
      generation++;
      replaced = "the file was replaced while it was open" + log;
    } finally {
      writerLock.unlock();
      readerLock.unlock();
    }
  }

  private boolean isReplaced() {
    FileOnDisk open = onDisk;
    return open != null && !closed && open.isReplaced();
  }

  /** How often another file has taken the place of the open one. */
  public int generation() {
    return generation;
  }

  /** What happened when that was the last time, for people. */
  public String replaced() {
    return replaced;
  }

  private Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try {
      BusyHandler.setHandler(connection, BusyWait.of(url, () -> closed));
      if (!url.contains("synchronous=")) {
        // What was committed survives a power loss; FULL alone may bring back the rollback journal.
        execute(connection, "PRAGMA synchronous = EXTRA");
      }
      return connection;
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw e;
    }
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
      execute(writer(), "PRAGMA journal_mode = WAL");
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
    if (writerLock.isHeldByCurrentThread() || readerLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction on " + path + " is under way in this thread");
    }
    writerLock.lock();
    try {
      return transaction(writer(), "BEGIN IMMEDIATE", "COMMIT", work);
    } finally {
      writerLock.unlock();
    }
  }

  /**
   * Runs {@code work} on one state of the file, at the same time as a writer if the journal mode
   * allows it. Otherwise no program can commit before it ends, so read large amounts in parts.
   *
   * @throws SQLException from {@code work}, or when the file cannot be read
   */
  public <T> T read(Work<T> work) throws SQLException {
    if (readerLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a read of " + path + " is under way in this thread");
    }
    readerLock.lock();
    try {
      if (closed) {
        throw new SQLException(path + " is closed");
      }
      if (reader == null && isAbsent()) {
        try (Connection empty = connect("jdbc:sqlite::memory:")) {
          return transaction(empty, "BEGIN", "ROLLBACK", work);
        }
      }
      if (reader == null) {
        reader = connect(url);
      }
      return transaction(reader, "BEGIN", "ROLLBACK", work);
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
    try (Statement statement = writer().createStatement();
        var row = statement.executeQuery("PRAGMA data_version")) {
      row.next();
      return row.getLong(1);
    } finally {
      writerLock.unlock();
    }
  }

  // Begun by an SQL statement: the driver's own way starts the next transaction with every commit.
  // The driver believes to be in auto-commit mode and tries to commit after each batch; inside a
  // transaction that was begun by a statement, this has no effect.
  private static <T> T transaction(Connection on, String begin, String end, Work<T> work)
      throws SQLException {
    execute(on, begin);
    try (Handle handle = Jdbi.create(on).open()) {
      T result = work.with(handle);
      execute(on, end);
      return result;
    } catch (JdbiException e) {
      rollBack(on, e);
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(on, e);
      throw e;
    }
  }

  private static void rollBack(Connection on, Throwable cause) {
    try {
      execute(on, "ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite rolls back by itself on a full disk
    }
  }

  private static void execute(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void closeAfter(SQLException fault, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
  }

  /**
   * Waits for the work under way, but not for another program's lock; does nothing when called
   * again.
   */
  @Override
  public void close() throws SQLException {
    closed = true; // before the locks: work that waits for another program's lock holds one of them
    readerLock.lock();
    writerLock.lock();
    try {
      closeConnections();
    } finally {
      writerLock.unlock();
      readerLock.unlock();
    }
  }

  private void closeConnections() throws SQLException {
    try (Connection first = reader;
        Connection second = writer) {
      reader = null;
      writer = null;
    }
  }
}
