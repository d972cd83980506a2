package io.actionscheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.testing.TcpProxy.Moment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPostgres.class)
class TcpProxyTest {
  private final TestPostgres server;

  TcpProxyTest(TestPostgres server) {
    this.server = server;
  }

  /** The first commit of a connection is another message than the later ones. */
  @ParameterizedTest(name = "{1} commits, then one cut {0}: {2} rows")
  @CsvSource({"BEFORE, 0, 0", "BEFORE, 2, 2", "AFTER, 0, 1", "AFTER, 2, 3"})
  void aConnectionIsCutInTheMiddleOfACommit(Moment moment, int before, int rows) throws Exception {
    String database = server.createDatabase();
    try (Connection direct = server.connect(database)) {
      run(direct, "CREATE TABLE thing (id bigint)");
      try (TcpProxy proxy = TcpProxy.open(PostgresConversation::new)) {
        proxy.to(server.port());
        cutACommit(proxy, database, moment, before);
      }
      try (Statement statement = direct.createStatement();
          ResultSet result = statement.executeQuery("SELECT count(*) FROM thing")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(rows);
      }
    }
  }

  private void cutACommit(TcpProxy proxy, String database, Moment moment, int before)
      throws Exception {
    String url = server.url(database).replace(":" + server.port() + "/", ":" + proxy.port() + "/");
    try (Connection connection =
        DriverManager.getConnection(url, TestPostgres.USER, TestPostgres.PASSWORD)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < before; i++) {
        run(connection, "INSERT INTO thing VALUES (1)");
        connection.commit();
      }
      proxy.cutAt(moment);
      run(connection, "INSERT INTO thing VALUES (2)");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      assertThat(proxy.awaitCut(Duration.ZERO)).isTrue();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
