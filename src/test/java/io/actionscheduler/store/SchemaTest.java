package io.actionscheduler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final Schema ONE = new Schema(List.of("CREATE TABLE scheduler_one (id INTEGER)"));
  private static final Schema TWO = with("CREATE TABLE scheduler_two (id INTEGER)");

  @TempDir Path folder;
  private SqliteFile file;
  private Backend backend;

  private static Schema with(String second) {
    return new Schema(List.of(ONE.steps().get(0), second));
  }

  @BeforeEach
  void open() throws SQLException {
    Path path = folder.resolve("x.db");
    DatabaseSettings at =
        SqliteStoreTest.settings("internal_db", path, "jdbc:sqlite:" + path + "?busy_timeout=100");
    file = SqliteFile.open(path, at.jdbcUrl());
    backend = new SqliteBackend(at, file, false, InstantSource.system());
  }

  @AfterEach
  void close() throws SQLException {
    file.close();
  }

  private void migrate(Schema schema) throws SQLException {
    file.write(
        handle -> {
          schema.migrate(handle, backend);
          return handle;
        });
  }

  private boolean isReady(Schema schema) throws SQLException {
    return file.read(handle -> schema.isReady(handle, backend));
  }

  @Test
  void thePageOfTheStoreNamesEachTable() throws Exception {
    String page = Files.readString(Path.of("docs/store.md"));
    migrate(Schema.of("sqlite"));
    List<String> tables =
        file.read(
            handle ->
                handle
                    .select(
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'scheduler%'")
                    .mapTo(String.class)
                    .list());
    assertThat(tables).hasSizeGreaterThan(20);
    assertThat(tables).filteredOn(table -> !page.contains("`" + table + "`")).isEmpty();
  }

  @Test
  void eachStepIsRunOnceAndInOrder() throws SQLException {
    assertThat(isReady(ONE)).isFalse();
    migrate(ONE);
    migrate(ONE);
    assertThat(isReady(ONE)).isTrue();
    migrate(TWO);
    migrate(TWO);
    assertThat(isReady(TWO)).isTrue();
  }

  @Test
  void aStepThatFailsHalfWayLeavesTheOneBefore() throws SQLException {
    migrate(ONE);
    Schema broken = with("CREATE TABLE scheduler_two (id INTEGER); CREATE TABLE scheduler_one (x)");
    assertThatThrownBy(() -> migrate(broken)).isInstanceOf(SQLException.class);
    assertThat(isReady(ONE)).isTrue();
    assertThat(file.<Boolean>read(SchemaTest::hasTwo)).isFalse();
    migrate(TWO);
    assertThat(file.<Boolean>read(SchemaTest::hasTwo)).isTrue();
  }

  private static boolean hasTwo(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'scheduler_two'")
        .mapTo(boolean.class)
        .one();
  }

  @Test
  void anOlderProgramRefusesTheTablesOfANewerOne() throws SQLException {
    migrate(TWO);
    assertThatThrownBy(() -> isReady(ONE)).hasMessageContaining("newer than this program's 1");
    assertThatThrownBy(() -> migrate(ONE)).hasMessageContaining("newer than this program's 1");
  }

  @Test
  void whoOnlyReadsDoesNotMigrateButSaysWhatWill() throws SQLException {
    migrate(ONE);
    assertThatThrownBy(() -> isReady(TWO)).hasMessageContaining("start the scheduler once");
  }
}
