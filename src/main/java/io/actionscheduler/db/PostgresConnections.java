package io.actionscheduler.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Connections to PostgreSQL with a limit on every wait. Parameters of the address (such as {@code
 * ?socketTimeout=60}) override the limits set here.
 *
 * <p>Nothing is set for a session: behind a pooler such as PgBouncer, other programs use the
 * session between two transactions. {@link #begin} sets what a transaction needs inside it.
 */
public final class PostgresConnections {
  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final int POOL_SIZE = 4;

  private PostgresConnections() {}

  /**
   * A pool that connects when first used, waits at most 5 s for that, and replaces lost
   * connections.
   */
  public static HikariDataSource pool(DatabaseSettings at) {
    return pool(at, WAIT);
  }

  /**
   * The same with another wait.
   *
   * @param wait for a connection at most; 250 ms or more
   */
  public static HikariDataSource pool(DatabaseSettings at, Duration wait) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(at.key());
    config.setDataSource(new PostgresDataSource(() -> connect(at, STATEMENT)));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(1);
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setConnectionTimeout(wait.toMillis());
    config.setValidationTimeout(Math.min(2_000, wait.toMillis()));
    config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    config.setInitializationFailTimeout(-1); // a server that is down now may be up later
    return new HikariDataSource(config);
  }

  /**
   * A separate connection; the caller closes it.
   *
   * @param limit of every single wait on it: to connect, for an answer
   * @throws SQLException when no connection is made within {@code limit}
   */
  public static Connection connect(DatabaseSettings at, Duration limit) throws SQLException {
    Connection connection = new Driver().connect(at.jdbcUrl(), properties(at, limit));
    try {
      if (!at.jdbcUrl().contains("prepareThreshold=") && isPooled(connection)) {
        // A statement prepared on one server session is not there on the next.
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Whether a pooler such as PgBouncer is between here and the server: then another process answers
   * than the announced one.
   *
   * @throws SQLException when the server does not answer
   */
  public static boolean isPooled(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
    }
  }

  /**
   * Limits the time of each statement until the transaction ends.
   *
   * @throws SQLException when the connection is broken
   * @throws IllegalStateException when it is in auto-commit
   */
  public static void begin(Connection connection) throws SQLException {
    begin(connection, STATEMENT, "");
  }

  /**
   * Like {@link #beginLocking(Connection, Duration, Duration)}, with the usual limit of statements.
   *
   * @throws SQLException when the connection is broken
   * @throws IllegalStateException when it is in auto-commit
   */
  public static void beginLocking(Connection connection, Duration idle) throws SQLException {
    beginLocking(connection, STATEMENT, idle);
  }

  /**
   * Begins a transaction of which each statement ends within {@code limit}.
   *
   * @param connection not in auto-commit, and in no transaction yet
   * @param characteristics such as {@code READ ONLY}; empty for the usual ones
   * @throws SQLException when the connection is broken
   * @throws IllegalStateException when it is in auto-commit
   */
  public static void begin(Connection connection, Duration limit, String characteristics)
      throws SQLException {
    begin(
        connection,
        characteristics.isEmpty() ? "" : "SET TRANSACTION " + characteristics + "; ",
        limit);
  }

  /**
   * Begins a transaction that locks what other processes wait for. The server ends it where nothing
   * comes for {@code idle}: otherwise a process that is suspended inside it, or was cut off, would
   * keep all others waiting for as long as that lasts.
   *
   * @param connection not in auto-commit, and in no transaction yet
   * @param limit of each statement
   * @param idle between two statements
   * @throws SQLException when the connection is broken
   * @throws IllegalStateException when it is in auto-commit
   */
  public static void beginLocking(Connection connection, Duration limit, Duration idle)
      throws SQLException {
    begin(
        connection,
        "SET LOCAL idle_in_transaction_session_timeout = %d; ".formatted(idle.toMillis()),
        limit);
  }

  private static void begin(Connection connection, String first, Duration limit)
      throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("a transaction cannot be begun in auto-commit");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          first
              + "SET LOCAL statement_timeout = %1$d; SET LOCAL lock_timeout = %1$d; "
                  .formatted(limit.toMillis())
              // The server has its own time zone data: in UTC, they agree with ours.
              + "SET LOCAL TimeZone = 'UTC'");
    }
  }

  private static Properties properties(DatabaseSettings at, Duration statement) {
    Properties properties = new Properties();
    at.username().ifPresent(user -> properties.setProperty("user", user));
    at.password().ifPresent(password -> properties.setProperty("password", password));
    String connect = Long.toString(Math.min(5, Math.max(1, statement.toSeconds())));
    properties.setProperty("connectTimeout", connect);
    properties.setProperty("loginTimeout", connect);
    // The server times out first and says why; the socket's limit is for a server that is gone.
    properties.setProperty("socketTimeout", Long.toString(statement.toSeconds() + 2));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "action-scheduler");
    return properties;
  }
}
