package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Makes the connections of the pool like all others: see {@link PostgresConnections}. */
final class PostgresDataSource implements DataSource {
  private final Connector connector;

  /** Makes a new connection. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  PostgresDataSource(Connector connector) {
    this.connector = requireNonNull(connector, "connector is null");
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connector.connect();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("user and password come from the settings");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null; // the contract of JDBC for "there is none"
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // faults are thrown, and nothing else is written
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the settings of the connection have their own
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged by this data source");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("this data source wraps none");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
