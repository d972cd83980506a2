package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.HOURLY;
import static io.actionscheduler.source.SourceWorld.UNIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class PostgresSourceTest
    implements SourceContract,
        ChangesContract,
        BadRowsContract,
        ActionTableContract,
        TableListingContract {
  private static TestPostgres server;
  private static String database;

  @BeforeAll
  static void use(TestPostgres shared) throws SQLException {
    server = shared;
    database = shared.createDatabase();
  }

  @Override
  public SourceWorld world() throws SQLException {
    SourceWorld world =
        new SourceWorld(
            server.settings("actions_db", database), Optional.empty(), server.connect(database));
    // Faster than a database of its own.
    world.run(
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
        "GRANT ALL ON SCHEMA public TO public");
    return world;
  }

  private static Connection connect() throws SQLException {
    return server.connect(database);
  }

  @Test
  void anOlderTransactionThatCommitsLateIsNoticed() throws Exception {
    try (SourceWorld world = world();
        Connection old = connect();
        Statement late = old.createStatement()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", UNIX);
      old.setAutoCommit(false);
      late.execute("UPDATE action SET name = 'late' WHERE id = 1");
      world.run("UPDATE action SET name = 'newer' WHERE id = 2"); // a greater xmin, committed first
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("one", "newer");
      assertThat(world.poll()).isEmpty();
      old.commit();
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("late", "newer");
    }
  }

  @Test
  void changesInsideSavepointsAndSwappedRowsAreNoticed() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", HOURLY);
      world.read();
      world.other().setAutoCommit(false);
      world.run("SAVEPOINT s", "UPDATE action SET name = 'uno' WHERE id = 1", "RELEASE s");
      world.other().commit();
      world.other().setAutoCommit(true);
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno", "two");
      world.run("UPDATE action SET id = CASE id WHEN 1 THEN 3 ELSE 4 END");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno", "two");
      world.run("TRUNCATE action");
      assertThat(world.read().actions()).isEmpty();
    }
  }

  @Test
  void anUnchangedTableIsNotRead() throws Exception {
    try (SourceWorld world = world();
        Logged log = Logged.statementsOnly()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      assertThat(log.lines()).anyMatch(sql -> sql.startsWith("COPY"));
      log.clear();
      assertThat(world.poll()).isEmpty();
      assertThat(log.lines()).noneMatch(sql -> sql.contains("FROM action"));
      log.clear();
      world.run("CREATE TABLE elsewhere (x integer)");
      assertThat(world.poll()).isEmpty();
      assertThat(log.lines()).noneMatch(sql -> sql.startsWith("COPY"));
    }
  }

  @Test
  void vacuumingTheTableIsNoNews() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      for (int id = 1; id < 100; id++) {
        world.insert(id, "n", "c", UNIX);
      }
      world.run("DELETE FROM action WHERE id < 50");
      world.read();
      world.run("VACUUM FREEZE action", "VACUUM FULL action", "ANALYZE action");
      assertThat(world.poll()).isEmpty();
    }
  }

  @Test
  void aViewAndAPartitionedTableAreReadToo() throws Exception {
    try (SourceWorld world = world()) {
      world.run(
          "CREATE TABLE jobs (id integer PRIMARY KEY, title text, cron text)",
          "CREATE VIEW action AS SELECT id, title AS name, title AS command, cron,"
              + " true AS merge_missed, NULL::integer AS actuality_time FROM jobs",
          "INSERT INTO jobs VALUES (1, 'one', '@daily')");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("one");
      assertThat(world.poll()).isEmpty();
      world.run("UPDATE jobs SET title = 'uno'");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
      world.run(
          "DROP VIEW action",
          "CREATE TABLE action (id integer, name text, command text, cron text,"
              + " merge_missed boolean, actuality_time integer) PARTITION BY RANGE (id)",
          "CREATE TABLE low PARTITION OF action FOR VALUES FROM (0) TO (100)",
          "CREATE TABLE high PARTITION OF action FOR VALUES FROM (100) TO (200)",
          "INSERT INTO action VALUES (1, 'low', 'c', '@daily'), (100, 'high', 'c', '@daily')");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("low", "high");
      assertThat(world.poll()).isEmpty();
      world.run("UPDATE action SET name = 'top' WHERE id = 100");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("low", "top");
    }
  }

  @Test
  void idsThatAreNoWholeNumbersNeedAPerson() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.run("ALTER TABLE action ALTER COLUMN id DROP DEFAULT");
      world.run("ALTER TABLE action ALTER COLUMN id TYPE text");
      assertThatThrownBy(world::poll)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining("column id is text; allowed are smallint, integer, bigint");
    }
  }

  @Test
  void aWrongPasswordAnUnknownDatabaseAndAMissingRightNeedAPerson() throws Exception {
    String url = server.url("postgres");
    assertRefused(settings(url, TestPostgres.USER, "wrong"), true, "password");
    assertRefused(settings(url, "nobody_we_know", "x"), true, "nobody_we_know");
    assertRefused(
        settings(server.url("no_such_db"), TestPostgres.USER, TestPostgres.PASSWORD),
        true,
        "no_such_db");
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.run("CREATE ROLE stranger_" + world.hashCode() + " LOGIN PASSWORD 'x'");
      assertRefused(
          settings(world.settings.jdbcUrl(), "stranger_" + world.hashCode(), "x"),
          true,
          "permission denied");
      world.run("REVOKE ALL ON SCHEMA public FROM public");
      assertRefused(
          settings(world.settings.jdbcUrl(), "stranger_" + world.hashCode(), "x"),
          true,
          "no schema");
    }
  }

  @Test
  void aServerThatIsDownIsAwayAndComesBackByItself() throws Exception {
    try (TcpProxy proxy = TcpProxy.open();
        SourceWorld direct = world()) {
      direct.createPythonTable();
      direct.insert(1, "one", "c", UNIX);
      proxy.to(server.port());
      String url =
          direct.settings.jdbcUrl().replace(":" + server.port() + "/", ":" + proxy.port() + "/");
      try (SourceWorld world =
          new SourceWorld(
              settings(url, TestPostgres.USER, TestPostgres.PASSWORD),
              Optional.empty(),
              connect())) {
        world.read();
        proxy.cut();
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(world::poll)
              .isInstanceOfSatisfying(
                  SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
              .hasMessageContaining("actions_db");
        }
        proxy.mend();
        assertThat(world.poll()).isEmpty();
        proxy.cut();
        proxy.mend();
        world.run("UPDATE action SET name = 'uno'");
        // The connection that broke meanwhile is replaced within the poll.
        assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
      }
    }
  }

  @Test
  void aNotificationWakesAtOnceAndListeningSurvivesACutConnection() throws Exception {
    try (TcpProxy proxy = TcpProxy.open();
        SourceWorld world = world()) {
      world.createPythonTable();
      assertThat(world.table.upgrade(true).notifies()).isTrue();
      assertThat(world.table.upgrade(true).notifies()).isTrue();
      proxy.to(server.port());
      String url =
          world.settings.jdbcUrl().replace(":" + server.port() + "/", ":" + proxy.port() + "/");
      Semaphore woken = new Semaphore(0);
      try (Notifications notifications =
          Notifications.listen(
              settings(url, TestPostgres.USER, TestPostgres.PASSWORD), woken::release)) {
        awaitWake(woken); // once, when the listening begins
        world.insert(1, "one", "c", UNIX);
        awaitWake(woken);
        world.run("DELETE FROM action");
        awaitWake(woken);
        proxy.cut();
        proxy.mend();
        awaitWake(woken); // a change may have got lost meanwhile
        world.run("TRUNCATE action");
        awaitWake(woken);
      }
    }
  }

  private static void awaitWake(Semaphore woken) throws InterruptedException {
    assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  private static DatabaseSettings settings(String url, String user, String password) {
    return new DatabaseSettings(
        "actions_db",
        Dialect.POSTGRESQL,
        url,
        Optional.of(user),
        Optional.of(password),
        Optional.empty());
  }

  private static void assertRefused(
      DatabaseSettings settings, boolean misconfigured, String message) {
    try (ActionDatabase database = ActionDatabase.of(settings, Optional.empty(), false)) {
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThatThrownBy(() -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isEqualTo(misconfigured))
          .hasMessageContaining("actions_db")
          .hasMessageContaining(message);
    }
  }
}
