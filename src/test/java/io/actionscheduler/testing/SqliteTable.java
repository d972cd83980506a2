package io.actionscheduler.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * An action table of six columns in a SQLite file, written to as any other program would: each call
 * opens the file, commits and closes it.
 */
public final class SqliteTable {
  private final String url;

  private SqliteTable(Path file) {
    this.url = "jdbc:sqlite:" + file;
  }

  /** Makes the table in {@code database.db} of a folder. */
  public static SqliteTable in(Path folder) throws SQLException {
    SqliteTable table = new SqliteTable(folder.resolve("database.db"));
    table.execute(
        """
        CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT, command TEXT, cron TEXT,
          merge_missed BOOLEAN, actuality_time INTEGER)
        """);
    return table;
  }

  /** The table in {@code database.db} of a folder, which is there already. */
  public static SqliteTable at(Path folder) {
    return new SqliteTable(folder.resolve("database.db"));
  }

  /** Adds a row that leaves its policy to the settings; plain crontab text, or JSON. */
  public void insert(int id, String command, String cron) throws SQLException {
    insert(id, command, cron, Optional.empty(), Optional.empty());
  }

  /** Adds a row. */
  public void insert(
      int id, String command, String cron, Optional<Boolean> merge, Optional<Integer> actuality)
      throws SQLException {
    try (Connection connection = connect();
        PreparedStatement row =
            connection.prepareStatement("INSERT INTO action VALUES (?, ?, ?, ?, ?, ?)")) {
      row.setInt(1, id);
      row.setString(2, "action " + id);
      row.setString(3, command);
      row.setString(4, cron);
      row.setObject(5, merge.orElse(null));
      row.setObject(6, actuality.orElse(null));
      row.executeUpdate();
    }
  }

  /** Runs any statement. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A connection that waits for locks; whoever asked closes it. */
  public Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
    }
    return connection;
  }
}
