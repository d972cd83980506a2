package io.actionscheduler.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Connections to PostgreSQL on which every wait ends. What the address itself says (such as {@code
 * ?socketTimeout=60}) goes before the limits of the driver here.
 */
public final class PostgresConnections {
  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final int POOL_SIZE = 4;

  private PostgresConnections() {}

  /** A pool that connects when first asked, waits 5 s at most for it, and mends itself. */
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
    config.setDriverClassName(Driver.class.getName());
    config.setJdbcUrl(at.jdbcUrl());
    config.setDataSourceProperties(properties(at, STATEMENT));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(1);
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setConnectionTimeout(wait.toMillis());
    config.setValidationTimeout(Math.min(2_000, wait.toMillis()));
    config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    config.setConnectionInitSql(limits(STATEMENT));
    config.setInitializationFailTimeout(-1); // a server that is down now may be up later
    return new HikariDataSource(config);
  }

  /**
   * A connection of its own; whoever asked closes it.
   *
   * @param limit of every single wait on it: to connect, for an answer
   */
  public static Connection connect(DatabaseSettings at, Duration limit) throws SQLException {
    Connection connection = new Driver().connect(at.jdbcUrl(), properties(at, limit));
    try (Statement statement = connection.createStatement()) {
      statement.execute(limits(limit));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  // Not as a start-up parameter: a pooler between here and the server may refuse those.
  private static String limits(Duration statement) {
    return "SET statement_timeout = %1$d; SET lock_timeout = %1$d".formatted(statement.toMillis());
  }

  private static Properties properties(DatabaseSettings at, Duration statement) {
    Properties properties = new Properties();
    at.username().ifPresent(user -> properties.setProperty("user", user));
    at.password().ifPresent(password -> properties.setProperty("password", password));
    String connect = Long.toString(Math.min(5, Math.max(1, statement.toSeconds())));
    properties.setProperty("connectTimeout", connect);
    properties.setProperty("loginTimeout", connect);
    // The server gives up first and says why; the socket's limit is for a server that is gone.
    properties.setProperty("socketTimeout", Long.toString(statement.toSeconds() + 2));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "action-scheduler");
    return properties;
  }
}
