package io.actionscheduler.db;

import io.actionscheduler.db.SqliteFile.Work;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.BusyHandler;

/** A connection to a SQLite file, and the transactions on it. For one thread at a time. */
final class SqliteConnection implements AutoCloseable {
  private static final Duration LONGEST_READ = Duration.ofSeconds(10); // that a commit waits for
  private static final int MOST_PAGES_KIB = 64 * 1024;

  private final Connection connection;
  private final Jdbi jdbi; // kept, because it remembers the statements that it has parsed
  private final KeptStatements statements = new KeptStatements();

  private boolean writesAhead; // whether readers and a commit do not exclude each other

  /** Ends a transaction. */
  @FunctionalInterface
  interface Ending {
    void end() throws SQLException;
  }

  private SqliteConnection(Connection connection) {
    this.connection = connection;
    this.jdbi = Jdbi.create(connection).setStatementBuilderFactory(any -> statements);
  }

  /**
   * Opens one.
   *
   * @param busy waits for another program's lock
   */
  static SqliteConnection open(String url, BusyHandler busy) throws SQLException {
    SqliteConnection opened = new SqliteConnection(DriverManager.getConnection(url));
    try {
      BusyHandler.setHandler(opened.connection, busy);
      if (!url.contains("synchronous=")) {
        // What was committed survives a power loss; FULL alone may bring back the rollback journal.
        opened.execute("PRAGMA synchronous = EXTRA");
      }
      return opened;
    } catch (SQLException e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  void execute(String sql) throws SQLException {
    PreparedStatement statement = statements.take(connection, sql);
    try {
      if (statement.execute()) {
        statement.getResultSet().close();
      }
    } finally {
      statements.close(connection, sql, statement);
    }
  }

  /** The result of a pragma that gives one value. */
  String pragma(String name) throws SQLException {
    String sql = "PRAGMA " + name;
    PreparedStatement statement = statements.take(connection, sql);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    } finally {
      statements.close(connection, sql, statement);
    }
  }

  /**
   * Runs {@code work} in a transaction, which an exception rolls back.
   *
   * <p>It is begun by an SQL statement: the driver's own way starts the next transaction with every
   * commit. The driver believes to be in auto-commit mode and tries to commit after each batch;
   * inside a transaction that was begun by a statement, this has no effect.
   */
  <T> T transaction(String begin, Ending end, Work<T> work) throws SQLException {
    execute(begin);
    try (Handle handle = jdbi.open()) {
      T result = work.with(handle);
      end.end();
      return result;
    } catch (JdbiException e) {
      rollBack(e);
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /**
   * Keeps pages in memory, as many as a large write changes, if it needs that many. With SQLite's
   * own 2 MB, such a write reads and stores pages again and again; and without a write-ahead log it
   * locks readers out long before its commit.
   */
  void keepPages() throws SQLException {
    execute("PRAGMA cache_size = -" + MOST_PAGES_KIB);
  }

  /** Whether there is a write-ahead log; to be called again when that is changed. */
  void learnJournalMode() throws SQLException {
    writesAhead = pragma("journal_mode").equalsIgnoreCase("wal");
  }

  /** Copies the write-ahead log into the file; whether all of it is there now. */
  boolean copyLog() throws SQLException {
    return pragma("wal_checkpoint(TRUNCATE)").equals("0");
  }

  /** Runs {@code work} on one state of the file, changing nothing. */
  <T> T read(Work<T> work) throws SQLException {
    return transaction("BEGIN", () -> execute("ROLLBACK"), work);
  }

  /**
   * Commits. Without a write-ahead log, SQLite would sleep and try again while our own reader
   * reads; to wait for the reader's lock takes no longer than the read.
   *
   * <p>A reader that waits for the lock of the file is not waited for: once the changes of a
   * transaction exceed SQLite's cache, it locks the file before the commit, and the reader waits
   * for this very commit.
   *
   * @param readerWaits whether the reader waits for the lock of the file
   */
  void commit(ReentrantLock readers, BooleanSupplier readerWaits) throws SQLException {
    boolean alone = !writesAhead && isTaken(readers, readerWaits);
    try {
      execute("COMMIT");
    } finally {
      if (alone) {
        readers.unlock();
      }
    }
  }

  private static boolean isTaken(ReentrantLock readers, BooleanSupplier readerWaits) {
    try {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < LONGEST_READ.toNanos()) {
        // Not shorter: who asks again waits behind the readers that came meanwhile.
        if (readers.tryLock(100, TimeUnit.MILLISECONDS)) {
          return true;
        }
        if (readerWaits.getAsBoolean()) {
          return false;
        }
      }
      return false; // SQLite waits itself
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs {@code work} as a part of the transaction that is under way. */
  <T> T join(Work<T> work) throws SQLException {
    try (Handle handle = jdbi.open()) {
      return work.with(handle);
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Runs several works in one transaction. One that throws is undone alone; if the transaction
   * cannot be committed, all of them have failed.
   */
  void together(List<WaitingWork<?>> works, Ending end) {
    try {
      execute("BEGIN IMMEDIATE");
    } catch (SQLException e) {
      works.forEach(work -> work.failed(e));
      return;
    }
    try {
      for (WaitingWork<?> work : works) {
        alone(work);
      }
      end.end();
      works.forEach(WaitingWork::committed);
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      works.forEach(work -> work.failed(e));
    }
  }

  private void alone(WaitingWork<?> work) throws SQLException {
    execute("SAVEPOINT one");
    try (Handle handle = jdbi.open()) {
      work.carryOut(handle);
    } catch (SQLException | RuntimeException e) {
      undo(e);
      work.failed(e);
    }
    execute("RELEASE one");
  }

  /** On a full disk SQLite rolls back the whole transaction by itself: then all have failed. */
  private void undo(Exception cause) throws SQLException {
    try {
      execute("ROLLBACK TO one");
    } catch (SQLException e) {
      SQLException all =
          cause instanceof SQLException sql
              ? sql
              : cause.getCause() instanceof SQLException inner ? inner : e;
      if (all != e) {
        all.addSuppressed(e);
      }
      throw all;
    }
  }

  private void rollBack(Throwable cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite rolls back by itself on a full disk
    }
  }

  private void closeAfter(SQLException fault) {
    try {
      close();
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
