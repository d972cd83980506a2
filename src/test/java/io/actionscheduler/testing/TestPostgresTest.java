package io.actionscheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class TestPostgresTest {

  @Test
  void theSharedServerGivesEachTestADatabaseOfItsOwn(TestPostgres server) throws Exception {
    String one = server.createDatabase();
    String two = server.createDatabase();
    run(server, one, "CREATE TABLE thing (id bigint)");
    run(server, two, "CREATE TABLE thing (id bigint)");
  }

  @Test
  void aServerOfOnesOwnKeepsWhatItHeldWhenItComesBack() throws Exception {
    try (TestPostgres server = TestPostgres.start()) {
      String database = server.createDatabase();
      run(server, database, "CREATE TABLE thing (id bigint)");
      server.stop();
      assertThatThrownBy(() -> server.connect(database)).isInstanceOf(SQLException.class);
      server.startAgain();
      run(server, database, "INSERT INTO thing VALUES (1)");
      assertThat(server.settings("internal_db", database).label()).contains(database);
    }
  }

  private static void run(TestPostgres server, String database, String sql) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
