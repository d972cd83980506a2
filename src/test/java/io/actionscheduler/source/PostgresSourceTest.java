package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.HOURLY;
import static io.actionscheduler.source.SourceWorld.UNIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.zone.SystemZone;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
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

  /**
   * The server has time zone data of its own, and a driver that tells it the zone of the process.
   */
  @Test
  void momentsAreShownInUtcWhateverTheZoneOfTheProcess() throws Exception {
    TimeZone before = TimeZone.getDefault();
    String property = System.getProperty("user.timezone");
    System.clearProperty("user.timezone");
    try {
      for (String zone : List.of("America/Vancouver", "CET-1CEST,M3.5.0,M10.5.0/3", "GMT+3")) {
        SystemZone.apply(Map.of("TZ", zone), Instant.parse("2026-11-27T00:00:00Z"));
        try (SourceWorld world = world()) {
          world.createPythonTable();
          world.insert(1, "one", "c", UNIX);
          world.run(
              "ALTER TABLE action ADD created_at timestamptz",
              "UPDATE action SET created_at = '2026-12-01 12:00:00Z'");
          List<String> created = new ArrayList<>();
          world.table.each(row -> created.add(row.get(Column.CREATED_AT).orElse("none")));

          assertThat(created).as(zone).containsExactly("2026-12-01 12:00:00+00");
        }
      }
    } finally {
      TimeZone.setDefault(before);
      if (property != null) {
        System.setProperty("user.timezone", property);
      }
    }
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
  void whatThisProgramWroteIsNotReadAgainButWhatOthersDidMeanwhileIs() throws Exception {
    try (SourceWorld world = world();
        Logged log = Logged.statementsOnly()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", UNIX);
      world.read();
      ActionTable own = ActionTable.telling(world.database, SourceWorld.reader(), ids -> {});
      Map<Column, Optional<String>> change = Map.of(Column.NAME, Optional.of("uno"));
      own.edit(1, row -> true, change);
      own.add(ActionTableContract.row("three", HOURLY));
      own.remove(2, row -> true);
      own.edit(1, row -> false, change); // changes nothing
      log.clear();
      assertThat(world.poll()).isEmpty();
      assertThat(log.lines()).noneMatch(sql -> sql.startsWith("COPY"));

      own.edit(1, row -> true, Map.of(Column.NAME, Optional.of("un")));
      world.run("UPDATE action SET name = 'drei' WHERE name = 'three'");
      own.edit(1, row -> true, Map.of(Column.NAME, Optional.of("ein")));
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("ein", "drei");
      own.edit(1, row -> true, Map.of(Column.NAME, Optional.of("eins")));
      log.clear();
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
          "there is one in schema public, which this user may not use: grant usage");
    }
  }

  @Test
  void aTableInAnotherSchemaIsNamedAndNoneIsMadeInSilence() throws Exception {
    try (SourceWorld world = world()) {
      world.run("DROP SCHEMA IF EXISTS app CASCADE", "CREATE SCHEMA app");
      world.run("CREATE TABLE app.action (id bigint PRIMARY KEY, name text)");
      try {
        assertRefused(
            world.settings,
            true,
            "no table action on the search path (\"$user\", public); there is one in schema "
                + "app: add"
                + " ?options=-csearch_path=app to the url, or create one here with \"db upgrade\"");
        assertThatThrownBy(() -> world.table.each(row -> {}))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("?options=-csearch_path=app");
        assertThat(world.query("SELECT to_regclass('public.action')")).isNull();
        assertThat(world.table.upgrade(false).created()).isTrue();
        assertThat(world.read().actions()).isEmpty();
      } finally {
        world.run("DROP SCHEMA app CASCADE");
      }
    }
  }

  /** Several processes that start together find no table, and one of them creates it. */
  @Test
  void aTableThatAnotherProcessHasJustCreatedIsNoOtherOne() throws Exception {
    try (SourceWorld world = world();
        Connection connection = connect();
        Handle handle = Jdbi.create(connection).open()) {
      PostgresSql sql = new PostgresSql(new SqlEcho(false));
      assertThat(sql.describe(handle).isMissing()).isTrue();
      world.createPythonTable();
      MissingTable.refuseOther(handle, sql, "actions_db");
      world.insert(1, "one", "c", UNIX);
      MissingTable.create(handle, sql, "actions_db");
      assertThat(sql.describe(handle).isMissing()).isFalse();
      assertThat(world.read().actions()).hasSize(1);
    }
  }

  @Test
  void theRemedyForASchemaWithAnOddNameWorksAsItIsWritten() throws Exception {
    try (SourceWorld world = world()) {
      world.run("DROP SCHEMA IF EXISTS \"My App\" CASCADE", "CREATE SCHEMA \"My App\"");
      world.run("CREATE TABLE \"My App\".action (id bigint PRIMARY KEY, name text)");
      try {
        String remedy = "options=-csearch_path=%22My%5C%20App%22";
        assertRefused(world.settings, true, "schema My App: add ?" + remedy + " to the url");
        String url = world.settings.jdbcUrl();
        try (Connection connection =
                DriverManager.getConnection(
                    url + (url.contains("?") ? "&" : "?") + remedy,
                    TestPostgres.USER,
                    TestPostgres.PASSWORD);
            Statement statement = connection.createStatement()) {
          assertThat(statement.execute("SELECT id FROM action")).isTrue();
        }
      } finally {
        world.run("DROP SCHEMA \"My App\" CASCADE");
      }
    }
  }

  @Test
  void aTableOfSchedulesInOtherLettersIsNamedAndAnotherOneIsNone() throws Exception {
    try (SourceWorld world = world()) {
      world.run("DROP TABLE IF EXISTS \"Action\"", "CREATE TABLE \"Action\" (id int)");
      try {
        world.run("ALTER TABLE \"Action\" ADD COLUMN cron json");
        assertRefused(
            world.settings, true, "there is \"Action\" in schema public: rename it to action");
        world.run("ALTER TABLE \"Action\" DROP COLUMN cron");
        assertThat(world.read().actions()).isEmpty();
      } finally {
        world.run("DROP TABLE \"Action\"");
      }
    }
  }

  @Test
  void aTextThatDoesNotFitItsColumnIsRefusedAndNeverCut() throws Exception {
    try (SourceWorld world = world()) {
      world.run(
          "DROP DOMAIN IF EXISTS short_text",
          "CREATE DOMAIN short_text AS varchar(9)",
          "CREATE TABLE action (id serial PRIMARY KEY, name char(20), command varchar(30) NOT NULL,"
              + " cron jsonb NOT NULL, merge_missed bit(1), actuality_time numeric(4,0),"
              + " timezone char(30), overlap short_text)");
      ActionRow row =
          ActionRow.of(
              Map.of(
                  Column.NAME, "monthly report",
                  Column.COMMAND, "make report --all",
                  Column.CRON, "0 4 1 * *",
                  Column.MERGE_MISSED, "true",
                  Column.ACTUALITY_TIME, "3600",
                  Column.TIMEZONE, "Europe/Berlin",
                  Column.OVERLAP, "skip"));
      long id = world.table.add(row);
      ActionRow added = world.table.find(id).orElseThrow();
      row.values()
          .forEach(
              (column, value) -> {
                if (column != Column.CRON && column != Column.MERGE_MISSED) {
                  assertThat(added.get(column)).as("%s", column).contains(value);
                }
              });
      assertThat(added.get(Column.MERGE_MISSED)).contains("1");
      assertThat(world.read().actions())
          .extracting(Action::command)
          .containsExactly("make report --all");
      Map<Column, String> tooLong =
          Map.of(
              Column.NAME, "a name of far more than twenty letters",
              Column.COMMAND, "a command of far more than thirty letters",
              Column.ACTUALITY_TIME, "36000");
      for (Map.Entry<Column, String> value : tooLong.entrySet()) {
        assertThatThrownBy(
                () ->
                    world.table.edit(
                        id, any -> true, Map.of(value.getKey(), Optional.of(value.getValue()))))
            .as("%s", value)
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("widen the column");
      }
      assertThat(world.table.find(id)).contains(added);
      world.run("ALTER TABLE action ALTER COLUMN merge_missed TYPE bit(3) USING '101'");
      assertThatThrownBy(
              () ->
                  world.table.edit(
                      id, any -> true, Map.of(Column.MERGE_MISSED, Optional.of("true"))))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("bit");
    }
  }

  @Test
  void aRowThatTheServerDoesNotLetThisUserWriteIsNotCalledWritten() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      String user = "reader_" + world.hashCode();
      world.run(
          "CREATE ROLE " + user + " LOGIN PASSWORD 'x'",
          "GRANT USAGE ON SCHEMA public TO " + user,
          "GRANT ALL ON action TO " + user,
          "ALTER TABLE action ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY to_see ON action FOR SELECT USING (true)",
          "CREATE POLICY to_add ON action FOR INSERT WITH CHECK (true)");
      DatabaseSettings asUser =
          settings(world.settings.jdbcUrl() + "?options=-crow_security=on", user, "x");
      try (ActionDatabase database = ActionDatabase.of(asUser, Optional.empty(), false)) {
        ActionTable table = new ActionTable(database, SourceWorld.reader());
        String refused =
            "action 1 was not %s: the database lets this user see the row and not write it";
        assertThatThrownBy(
                () -> table.edit(1, row -> true, Map.of(Column.COMMAND, Optional.of("other"))))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining(refused, "changed");
        assertThatThrownBy(
                () -> table.edit(1, row -> true, Map.of(Column.ENABLED, Optional.of("false"))))
            .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> table.remove(1, row -> true))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining(refused, "removed");
        ActionRow same = table.find(1).orElseThrow();
        assertThatThrownBy(() -> table.importAll(List.of(same), ByName.REFUSE, () -> {}, row -> {}))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining(refused, "changed");
        assertThat(table.remove(99, row -> true)).isEmpty();
      }
    }
  }

  @Test
  void rowsThatBeginToBeHiddenAreAFaultAndNoRemovedActions() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      String user = "watcher_" + world.hashCode();
      world.run(
          "CREATE ROLE " + user + " LOGIN PASSWORD 'x'",
          "GRANT USAGE ON SCHEMA public TO " + user,
          "GRANT SELECT ON action TO " + user);
      DatabaseSettings asUser = settings(world.settings.jdbcUrl(), user, "x");
      try (ActionDatabase database = ActionDatabase.of(asUser, Optional.empty(), false)) {
        TableSource source = new TableSource(database, SourceWorld.reader());
        Snapshot first =
            source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START).orElseThrow();
        assertThat(first.actions()).hasSize(1);
        world.run("ALTER TABLE action ENABLE ROW LEVEL SECURITY");
        assertThatThrownBy(() -> source.poll(first, SourceWorld.START))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("row-level security")
            .hasMessageContaining("BYPASSRLS");
        world.run("ALTER TABLE action DISABLE ROW LEVEL SECURITY");
        assertThat(source.poll(first, SourceWorld.START)).isEmpty();
      }
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

  /** As a process of a cluster reads the rows of its shards. */
  @Test
  void onlyTheRowsOfAConditionAreReadAndOnlyTheirChangesAreNews() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      ShardSet shards = new ShardSet(new Shards(3, Shards.VERSION), Set.of(0, 2));
      for (int i = 0; i < 2; i++) { // a second index is none
        assertThat(world.table.indexShards(shards.arithmetic().sql("id"))).isTrue();
      }
      for (int id = -3; id <= 20; id++) {
        world.insert(id, "n", "c", UNIX);
      }
      world.database.readOnly(shards.condition("id").orElseThrow());
      List<ActionId> ids = LongStream.rangeClosed(-3, 20).mapToObj(ActionId::of).toList();
      assertThat(world.read().actions())
          .extracting(Action::id)
          .containsExactlyElementsOf(ids.stream().filter(shards).toList());
      ActionId own = ids.stream().filter(shards).findFirst().orElseThrow();
      ActionId foreign = ids.stream().filter(shards.negate()).findFirst().orElseThrow();
      world.run("UPDATE action SET name = 'other' WHERE id = " + foreign);
      assertThat(world.poll()).isEmpty();
      world.run("UPDATE action SET name = 'mine' WHERE id = " + own);
      assertThat(world.poll().orElseThrow().actions())
          .extracting(Action::name)
          .contains("mine")
          .doesNotContain("other");
      world.table.remove(own.number().getAsLong(), row -> true);
      assertThat(world.poll().orElseThrow().actions()).extracting(Action::id).doesNotContain(own);
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

  @Test
  void aTriggerThatGoesWithARebuiltTableIsTold() throws Exception {
    try (SourceWorld world = world();
        Logged log = Logged.of(Notifications.class)) {
      world.createPythonTable();
      world.table.upgrade(true);
      Semaphore woken = new Semaphore(0);
      try (Notifications notifications = Notifications.listen(world.settings, woken::release)) {
        awaitWake(woken);
        world.run( // as a migration tool does it
            "CREATE TABLE rebuilt AS SELECT * FROM action",
            "DROP TABLE action",
            "ALTER TABLE rebuilt RENAME TO action");
        Awaitility.await()
            .ignoreExceptions() // the list of lines may grow while it is read
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(log.lines())
                        .anyMatch(line -> line.contains("are no longer notified: the trigger")));
      }
    }
  }

  private static void awaitWake(Semaphore woken) throws InterruptedException {
    assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
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
