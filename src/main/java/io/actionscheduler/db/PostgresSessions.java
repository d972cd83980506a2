package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections to PostgreSQL that are kept for the next transaction: to open one costs the server a
 * process, and takes longer than most transactions. Unlike a usual pool, it fails at once while the
 * server cannot be reached. Safe for use by many threads.
 */
public final class PostgresSessions implements AutoCloseable {
  private static final int MOST = 8;
  private static final int KEPT = 4;

  private final DatabaseSettings at;
  private final Duration limit;
  private final Semaphore free = new Semaphore(MOST, true);
  private final Deque<Connection> idle = new ArrayDeque<>(); // the last used first
  private boolean closed;

  /** Begins a transaction. */
  @FunctionalInterface
  public interface Beginning {
    /**
     * @throws SQLException when the connection is broken
     */
    void of(Connection connection) throws SQLException;
  }

  /**
   * Opens nothing yet.
   *
   * @param limit of every single wait: for a free connection, to connect, for an answer
   */
  public PostgresSessions(DatabaseSettings at, Duration limit) {
    this.at = requireNonNull(at, "at is null");
    this.limit = requireNonNull(limit, "limit is null");
  }

  /** A transaction that is under way; closed before its commit, it is rolled back. */
  public final class Session implements AutoCloseable {
    private final Connection connection;
    private boolean committed;

    private Session(Connection connection) {
      this.connection = connection;
    }

    /** The connection, not in auto-commit. */
    public Connection connection() {
      return connection;
    }

    /**
     * Commits.
     *
     * @throws SQLException when it is not known to be committed
     */
    public void commit() throws SQLException {
      connection.commit();
      committed = true;
    }

    @Override
    public void close() {
      try {
        if (!committed) {
          connection.rollback();
        }
        giveBack(connection);
      } catch (SQLException e) { // it is broken; the reason was thrown before
        closeQuietly(connection);
      } finally {
        free.release();
      }
    }
  }

  /**
   * Begins a transaction, on a connection that was used before where there is one.
   *
   * @throws SQLException where the server cannot be reached, or all connections are in use for too
   *     long
   */
  public Session begin(Beginning beginning) throws SQLException {
    awaitFree();
    try {
      return new Session(begun(beginning));
    } catch (SQLException | RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  private void awaitFree() throws SQLException {
    try {
      if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SQLTransientException(
            "all " + MOST + " connections were in use for " + limit.toSeconds() + " s", "53300");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientException("interrupted while waiting for a connection", e);
    }
  }

  private Connection begun(Beginning beginning) throws SQLException {
    for (Connection kept = take(); kept != null; kept = take()) {
      try {
        beginning.of(kept);
        return kept;
      } catch (SQLException e) { // it may have been closed meanwhile: another one decides
        closeQuietly(kept);
      }
    }
    Connection opened = PostgresConnections.connect(at, limit);
    try {
      opened.setAutoCommit(false);
      beginning.of(opened);
      return opened;
    } catch (SQLException | RuntimeException e) {
      closeQuietly(opened);
      throw e;
    }
  }

  private synchronized Connection take() {
    return idle.pollFirst();
  }

  private void giveBack(Connection connection) {
    Connection tooMany = connection;
    synchronized (this) {
      if (!closed) {
        idle.addFirst(connection);
        tooMany = idle.size() > KEPT ? idle.pollLast() : null;
      }
    }
    if (tooMany != null) {
      closeQuietly(tooMany);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is given up anyway, and the server ends it with the socket
    }
  }

  /** Closes what is idle; what is in use is closed when its transaction ends. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Connection kept = take(); kept != null; kept = take()) {
      closeQuietly(kept);
    }
  }
}
