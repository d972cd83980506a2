package io.actionscheduler.bench;

import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Action tables of six columns, filled fast: action i has the command {@code c} i. */
final class ActionTable {
  private static final int BATCH = 20_000;

  private ActionTable() {}

  static void sqlite(Path file, int actions, IntFunction<String> cron) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT, command TEXT, cron TEXT,
            merge_missed BOOLEAN, actuality_time INTEGER)
          """);
      connection.setAutoCommit(false);
      String insert = "INSERT INTO action VALUES (?, ?, ?, ?, NULL, NULL)";
      try (PreparedStatement row = connection.prepareStatement(insert)) {
        for (int i = 1; i <= actions; i++) {
          row.setInt(1, i);
          row.setString(2, "action " + i);
          row.setString(3, "c" + i);
          row.setString(4, cron.apply(i));
          row.addBatch();
          if (i % BATCH == 0 || i == actions) {
            row.executeBatch();
          }
        }
      }
      connection.commit();
    }
  }

  static void postgres(TestPostgres server, String database, int actions, IntFunction<String> cron)
      throws SQLException, IOException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE action (id BIGINT PRIMARY KEY, name TEXT, command TEXT, cron JSONB,
            merge_missed BOOLEAN, actuality_time INTEGER)
          """);
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY action (id, name, command, cron) FROM STDIN");
      StringBuilder rows = new StringBuilder();
      for (int i = 1; i <= actions; i++) {
        rows.append(i).append("\taction ").append(i).append("\tc").append(i).append('\t');
        rows.append(cron.apply(i)).append('\n');
        if (i % BATCH == 0 || i == actions) {
          byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
          copy.writeToCopy(bytes, 0, bytes.length);
          rows.setLength(0);
        }
      }
      copy.endCopy();
      statement.execute("VACUUM ANALYZE action");
    }
  }
}
