package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedPostgres.class)
class PostgresCommandsTest {
  private final TestPostgres postgres;
  @TempDir private Path folder;
  private String database;
  private Installation here;

  PostgresCommandsTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void install() throws SQLException {
    database = postgres.createDatabase();
    here = new Installation(folder);
    String at =
        "{dialect: postgresql, host: 127.0.0.1, port: %d, database: %s, username: %s, password: %s}"
            .formatted(postgres.port(), database, TestPostgres.USER, TestPostgres.PASSWORD);
    here.config(
        """
        timezone: UTC
        actions_db: %s
        internal_db: %s
        action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
        """
            .formatted(at, at));
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void rowsAreAddedEditedAndExportedAsOnSqlite() {
    assertThat(here.add("report", "make report", "30 3 * * *")).isEqualTo("1");
    assertThat(here.type("actions", "edit", "1", "--merge-missed", "true").code()).isZero();
    assertThat(here.type("actions", "list").lines())
        .containsExactly(
            "ID  NAME    CRON        NEXT                       COMMAND",
            " 1  report  30 3 * * *  2026-11-21T03:30:00+00:00  make report");
    String exported = here.type("actions", "export").out();
    assertThat(exported).contains("merge_missed: true\n");
    assertThat(here.typeWith(exported, "actions", "import", "-").out())
        .isEqualTo("0 added, 1 replaced\n");
    assertThat(here.type("validate").code()).isZero();
  }

  @Test
  void aFileIsAppliedAndNeedsNoChangeTheNextTime() {
    here.type("db", "upgrade");
    String file =
        """
        - {name: report, command: make report, cron: 30 3 * * *, merge_missed: true}
        - {name: poll, command: poll, cron: 90s, parameters: {b: 1.50, a: [2]}, actuality_time: 60}
        """;
    String[] apply = {"actions", "apply", "-", "--owner", "billing", "--write"};
    assertThat(here.typeWith(file, apply).lines()).hasSize(3);
    assertThat(here.typeWith(file, apply).lines())
        .containsExactly("owner \"billing\": 0 to add, 0 to change, 0 to remove, 2 unchanged");
  }

  @Test
  void anUpgradeAddsColumnsAndTellsChangesAtOnce() throws SQLException {
    sql(
        "CREATE TABLE action (id serial PRIMARY KEY, name text, command text, cron jsonb,"
            + " merge_missed boolean, actuality_time integer)");
    here.add("x", "go", "1h");
    assertThat(here.type("actions", "disable", "1").err()).contains("enabled", "db upgrade");
    Typed upgraded = here.type("db", "upgrade", "--notify");
    assertThat(upgraded.lines().get(0)).startsWith("added enabled, timezone");
    assertThat(upgraded.lines().get(1)).isEqualTo("the database reports changes at once");
    assertThat(here.type("actions", "disable", "1").code()).isZero();
  }

  @Test
  void aWrongPasswordIsTheSettingsFault() {
    here.write(".env", "ACTIONS_DB__PASSWORD=wrong\n");
    Typed list = here.type("actions", "list");
    assertThat(list.code()).isEqualTo(2);
    assertThat(list.err()).contains("actions_db", "password").doesNotContain("wrong\n");
    assertThat(list.out()).isEmpty();
  }

  @Test
  void progressOfAStoreThatWasNeverUsedIsEmpty() {
    Typed show = here.type("progress", "show");
    assertThat(show.err()).isEmpty();
    assertThat(show.lines()).hasSize(1);
  }
}
