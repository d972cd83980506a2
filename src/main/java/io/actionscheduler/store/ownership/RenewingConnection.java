package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A connection only for the renewal of a lease, so that no other work can delay that. */
final class RenewingConnection implements AutoCloseable {
  private static final Duration TO_RENEW = Duration.ofSeconds(3);

  private final DatabaseSettings settings;
  private Connection connection; // null while there is none
  private boolean closed;

  RenewingConnection(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Runs an update of one row.
   *
   * @param sql has a place for {@code seconds}, then one for {@code token}
   * @return whether there was such a row
   */
  boolean update(String sql, double seconds, long token) throws SQLException {
    Connection used = connected();
    try (var statement = used.prepareStatement(sql)) {
      PostgresConnections.beginLocking(used, TO_RENEW, TO_RENEW);
      statement.setDouble(1, seconds);
      statement.setLong(2, token);
      boolean held = statement.executeUpdate() == 1;
      used.commit();
      return held;
    } catch (SQLException e) {
      drop(used);
      throw e;
    }
  }

  /** The same; tried again on a new connection where the server was restarted meanwhile. */
  void updateAnyway(String sql, double seconds, long token) throws SQLException {
    try {
      update(sql, seconds, token);
    } catch (SQLException e) {
      update(sql, seconds, token);
    }
  }

  private synchronized Connection connected() throws SQLException {
    if (closed) {
      throw new SQLException("ownership was given back");
    }
    if (connection == null) {
      connection = PostgresConnections.connect(settings, TO_RENEW);
      connection.setAutoCommit(false);
    }
    return connection;
  }

  private synchronized void drop(Connection broken) throws SQLException {
    if (connection == broken) {
      connection = null;
    }
    broken.abort(Runnable::run); // at once, although another thread may be waiting on it
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    if (connection != null) {
      drop(connection);
    }
  }
}
