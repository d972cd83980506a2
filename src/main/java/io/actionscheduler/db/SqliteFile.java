package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One SQLite file, shared by all that this process keeps in it: one connection writes, another
 * reads. Because every write of ours goes through the one connection, the file's {@code
 * data_version}, asked on it, tells the commits of others and never our own.
 */
public final class SqliteFile implements AutoCloseable {
  private static final int BUSY_MILLIS = 10_000;

  private final Path path;
  private final String url;
  private final Connection writer;
  private final Jdbi writing;
  private final ReentrantLock writerLock = new ReentrantLock();
  private final ReentrantLock readerLock = new ReentrantLock();
  private Connection reader;

  /** Work on a connection inside a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Handle handle) throws SQLException;
  }

  private SqliteFile(Path path, String url, Connection writer) {
    this.path = path;
    this.url = url;
    this.writer = writer;
    this.writing = Jdbi.create(writer);
  }

  /**
   * Opens the file, creating it when missing; the journal mode is left as it is.
   *
   * @param url {@code jdbc:sqlite:…}, its parameters passed on to SQLite
   */
  public static SqliteFile open(Path path, String url) throws SQLException {
    requireNonNull(path, "path is null");
    Connection writer = connect(url);
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA schema_version"); // a file that is no database fails here
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
    return new SqliteFile(path, url, writer);
  }

  private static Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Sets write-ahead logging: for a file that is this program's alone, never for one that others
   * keep their tables in.
   */
  public void useWriteAheadLog() throws SQLException {
    outsideTransaction("PRAGMA journal_mode = WAL");
  }

  /** Runs {@code work} in one transaction that holds the write lock from its start. */
  public <T> T write(Work<T> work) throws SQLException {
    writerLock.lock();
    try (Handle handle = writing.open()) {
      execute("BEGIN IMMEDIATE");
      try {
        T result = work.with(handle);
        execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } finally {
      writerLock.unlock();
    }
  }

  /** Runs {@code work} on one state of the file, beside a writer where the journal mode lets it. */
  public <T> T read(Work<T> work) throws SQLException {
    readerLock.lock();
    try {
      if (reader == null) {
        reader = connect(url);
      }
      reader.setAutoCommit(false);
      try (Handle handle = Jdbi.create(reader).open()) {
        return work.with(handle);
      } finally {
        reader.rollback();
        reader.setAutoCommit(true);
      }
    } finally {
      readerLock.unlock();
    }
  }

  /**
   * A number that differs from the last one given whenever another connection or process committed
   * in between; commits by {@link #write} do not change it. Ask before a read, not after it.
   */
  public long foreignChanges() throws SQLException {
    writerLock.lock();
    try (Statement statement = writer.createStatement();
        var row = statement.executeQuery("PRAGMA data_version")) {
      row.next();
      return row.getLong(1);
    } finally {
      writerLock.unlock();
    }
  }

  private void outsideTransaction(String sql) throws SQLException {
    writerLock.lock();
    try {
      execute(sql);
    } finally {
      writerLock.unlock();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollBack(Throwable cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite rolls back by itself on a full disk
    }
  }

  @Override
  public void close() throws SQLException {
    writerLock.lock();
    readerLock.lock();
    try {
      if (reader != null) {
        reader.close();
      }
      writer.close();
    } finally {
      readerLock.unlock();
      writerLock.unlock();
    }
  }
}
