package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.UNIX;
import static io.actionscheduler.source.SourceWorld.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.testing.Logged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteSourceTest
    implements SourceContract,
        ChangesContract,
        BadRowsContract,
        ActionTableContract,
        TableListingContract {
  @TempDir Path folder;

  @Override
  public SourceWorld world() throws SQLException {
    return world(Optional.empty());
  }

  private SourceWorld world(Optional<SqliteFile> shared) throws SQLException {
    Connection other = DriverManager.getConnection(url("?synchronous=OFF"));
    return new SourceWorld(settings("?synchronous=OFF"), shared, other);
  }

  private Path file() {
    return folder.resolve("actions.db");
  }

  private String url(String parameters) {
    return "jdbc:sqlite:" + file() + parameters;
  }

  private DatabaseSettings settings(String parameters) {
    return new DatabaseSettings(
        "actions_db",
        Dialect.SQLITE,
        url(parameters),
        Optional.empty(),
        Optional.empty(),
        Optional.of(file()));
  }

  @ParameterizedTest(name = "shared with the store: {0}")
  @ValueSource(booleans = {true, false})
  void aFileThatWasReplacedIsReadAnewAndOneThatIsGoneIsUnavailable(boolean isShared)
      throws Exception {
    try (SqliteFile shared = SqliteFile.open(file(), url(""));
        SourceWorld world = world(isShared ? Optional.of(shared) : Optional.empty())) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      Path backup = Files.copy(file(), folder.resolve("backup.db"));
      world.insert(2, "two", "c", UNIX);
      assertThat(world.read().actions()).hasSize(2);
      Files.move(backup, file(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(world.read().actions()).hasSize(1);
      Files.delete(file());
      assertThatThrownBy(world::poll)
          .isInstanceOf(SourceException.class)
          .hasMessageEndingWith("the file is gone; bring it back");
    }
  }

  @Test
  void aFileThatIsMissingIsAwayWhereItsActionsAreKnown() throws Exception {
    try (ActionDatabase database = ActionDatabase.of(settings(""), Optional.empty(), false)) {
      database.expect(() -> true);
      TableSource source = new TableSource(database, SourceWorld.reader());
      ActionTable table = new ActionTable(database, SourceWorld.reader());
      ActionRow row =
          ActionRow.of(Map.of(Column.NAME, "n", Column.COMMAND, "c", Column.CRON, "@daily"));
      for (ThrowingCallable one :
          List.<ThrowingCallable>of(
              () -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START),
              () -> table.addIfEmpty(List.of(row)))) {
        assertThatThrownBy(one)
            .isInstanceOfSatisfying(
                SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
            .hasMessageContaining("though its actions are known from before; bring it back");
        assertThat(file()).doesNotExist();
      }
      try (Connection other = DriverManager.getConnection(url(""));
          Statement statement = other.createStatement()) {
        statement.execute("CREATE TABLE something (x INTEGER)"); // a file, but not that one
      }
      assertThatThrownBy(() -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START))
          .hasMessageContaining("there is no table action, though its actions are known");
    }
  }

  @Test
  void whoOnlyLooksLeavesNoFileBehind() throws Exception {
    try (ActionDatabase database = ActionDatabase.of(settings(""), Optional.empty(), false)) {
      ActionTable table = new ActionTable(database, SourceWorld.reader());
      table.each(row -> {});
      assertThat(table.find(1)).isEmpty();
      assertThat(file()).doesNotExist();
      assertThat(table.upgrade(false).created()).isTrue();
      assertThat(file()).exists();
    }
  }

  @Test
  void ownWritesToTheSharedFileCauseNoReadAndCommitsOfOthersDo() throws Exception {
    try (SqliteFile shared = SqliteFile.open(file(), url(""));
        SourceWorld world = world(Optional.of(shared));
        Logged log = Logged.statementsOnly()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      shared.write(handle -> handle.execute("CREATE TABLE progress (x integer)"));
      log.clear();
      for (int i = 0; i < 10; i++) {
        shared.write(handle -> handle.execute("INSERT INTO progress VALUES (1)"));
        assertThat(world.poll()).isEmpty();
      }
      assertThat(log.lines()).isEmpty();
      world.run("UPDATE action SET name = 'uno'");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
      // Our own edit of the table is news, though it goes through the very same file.
      world.table.remove(1, row -> true);
      assertThat(world.read().actions()).isEmpty();
    }
  }

  @Test
  void anUnchangedTableIsNotRead() throws Exception {
    try (SourceWorld world = world();
        Logged log = Logged.statementsOnly()) {
      world.read();
      log.clear();
      assertThat(world.poll()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void whateverSqliteLetIntoAColumnIsReadOrRejectedByName() throws Exception {
    try (SourceWorld world = world()) {
      world.run(
          "CREATE TABLE action (id, name, command, cron, merge_missed, actuality_time, parameters)",
          "INSERT INTO action VALUES (1, 42, 4.5, '@daily', 1, 60.0, NULL)",
          "INSERT INTO action VALUES (2, x'6162', x'6364', '@daily', 't', '60', NULL)",
          "INSERT INTO action VALUES (3, 'n', 'c', jsonb('"
              + UNIX
              + "'), 0, -1, jsonb('{\"a\":1}'))",
          "INSERT INTO action VALUES (4.0, 'n', 'c', '@daily', NULL, NULL, NULL)",
          "INSERT INTO action VALUES ('5', 'text id', 'c', '@daily', NULL, NULL, NULL)",
          "INSERT INTO action VALUES (5.5, 'n', 'c', '@daily', NULL, NULL, NULL)",
          "INSERT INTO action VALUES (x'00ff', 'n', 'c', '@daily', NULL, NULL, NULL)",
          "INSERT INTO action VALUES (6, 'n', x'fffe00', '@daily', NULL, NULL, NULL)",
          "INSERT INTO action VALUES (7, 'n', 'c', x'ff', NULL, NULL, NULL)",
          "INSERT INTO action VALUES (8, 'n', 'c', 5, NULL, NULL, NULL)",
          "INSERT INTO action VALUES (9, 'n', 'c', '@daily', x'ff', NULL, NULL)",
          "INSERT INTO action VALUES (10, 'n', 'c', '@daily', 2, NULL, NULL)",
          "INSERT INTO action VALUES (11, 'n', 'c', '@daily', NULL, 'soon', NULL)",
          "INSERT INTO action VALUES (12, 'n', 'c', '@daily', NULL, 1.5, NULL)",
          "INSERT INTO action VALUES (13, 'n', 'c', '@daily', NULL, 1e300, 17)",
          "INSERT INTO action VALUES (14, 'n', 'c', '@daily', NULL, NULL, 17)",
          "INSERT INTO action VALUES (15, 'n', 'c' || char(0) || 'd', '@daily', NULL, NULL, NULL)");
      Snapshot snapshot = world.read();
      assertThat(snapshot.actions())
          .extracting(a -> a.id() + " " + a.name() + " " + a.command())
          .containsExactly("1 42 4.5", "2 ab cd", "3 n c", "4 n c", "15 n c\u0000d");
      assertThat(snapshot.actions().get(2).parameters()).containsEntry("a", 1L);
      assertThat(messages(snapshot))
          .satisfiesExactlyInAnyOrder(
              m -> assertThat(m).startsWith("action '5': id '5': allowed are whole numbers"),
              m -> assertThat(m).startsWith("action 5.5: id 5.5: allowed are whole"),
              m -> assertThat(m).startsWith("action X'00ff': id X'00ff': allowed are whole"),
              m -> assertThat(m).startsWith("action 6 \"n\": command X'fffe00': allowed is text"),
              m -> assertThat(m).startsWith("action 7 \"n\": cron X'ff': allowed is JSON"),
              m -> assertThat(m).startsWith("action 8 \"n\": cron \"5\": "),
              m -> assertThat(m).startsWith("action 9 \"n\": merge_missed X'ff': allowed"),
              m ->
                  assertThat(m).startsWith("action 10 \"n\": merge_missed \"2\": allowed are true"),
              m -> assertThat(m).startsWith("action 11 \"n\": actuality_time \"soon\": allowed"),
              m -> assertThat(m).startsWith("action 12 \"n\": actuality_time \"1.5\": allowed"),
              m ->
                  assertThat(m).startsWith("action 13 \"n\": actuality_time \"1.0e+300\": allowed"),
              m -> assertThat(m).startsWith("action 14 \"n\": parameters \"17\": allowed"));
    }
  }

  @Test
  void aDatabaseInUtf16IsReadAsWell() throws Exception {
    try (SourceWorld world = world()) {
      world.run("PRAGMA encoding = 'UTF-16le'");
      world.createPythonTable();
      world.insert(1, "ÄÖ 漢字", "c", UNIX);
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("ÄÖ 漢字");
    }
  }

  @Test
  void anotherFileInItsPlaceIsNoticedAndAMissingOneIsAwayAndNotCreated() throws Exception {
    Path before = folder.resolve("before.db");
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      Files.move(file(), before);
      assertThatThrownBy(world::poll)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
          .hasMessageContaining("the file is gone");
      assertThat(file()).doesNotExist();
      try (Connection edit = DriverManager.getConnection("jdbc:sqlite:" + before)) {
        edit.createStatement().execute("UPDATE action SET name = 'uno'");
      }
      Files.copy(before, file(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
    }
  }

  @Test
  void aFileThatIsNoDatabaseAndAFolderThatIsNotThereNeedAPerson() throws Exception {
    Files.writeString(file(), "this is no database, and long enough to be seen as such".repeat(50));
    assertMisconfigured(settings(""), "not a sound SQLite database");
    DatabaseSettings lost =
        new DatabaseSettings(
            "actions_db",
            Dialect.SQLITE,
            "jdbc:sqlite:" + folder.resolve("no/such.db"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(folder.resolve("no/such.db")));
    try (ActionDatabase database = ActionDatabase.of(lost, Optional.empty(), false)) {
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThatThrownBy(() -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("no/such.db");
    }
  }

  @Test
  void aReadOnlyFileIsReadButNotWrittenTo() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
    }
    try (ActionDatabase database =
        ActionDatabase.of(settings("?open_mode=1"), Optional.empty(), false)) {
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThat(source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START)).isPresent();
      ActionTable table = new ActionTable(database, SourceWorld.reader());
      assertThatThrownBy(() -> table.remove(1, row -> true))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void aFullDiskRefusesTheWriteWholeAndTheTableStaysReadable() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
    }
    try (ActionDatabase database =
        ActionDatabase.of(settings("?max_page_count=20"), Optional.empty(), false)) {
      ActionTable table = new ActionTable(database, SourceWorld.reader());
      ActionRow large =
          table.find(1).orElseThrow().with(Column.COMMAND, Optional.of("x".repeat(1 << 20)));
      assertThatThrownBy(
              () ->
                  table.importAll(
                      List.of(
                          large,
                          large
                              .with(Column.ID, Optional.empty())
                              .with(Column.NAME, Optional.of("two"))),
                      ByName.REFUSE,
                      () -> {},
                      row -> {}))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
          .hasMessageContaining("full");
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThat(
              source
                  .poll(Snapshot.empty(SourceWorld.START), SourceWorld.START)
                  .orElseThrow()
                  .actions())
          .extracting(Action::command)
          .containsExactly("c");
    }
  }

  @Test
  void aFileThatAnotherProgramKeepsLockedIsAway() throws Exception {
    try (SourceWorld world = world();
        ActionDatabase database =
            ActionDatabase.of(settings("?busy_timeout=100"), Optional.empty(), false)) {
      world.createPythonTable();
      world.run("BEGIN EXCLUSIVE");
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThatThrownBy(() -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
          .hasMessageContaining("locked");
      world.run("COMMIT");
      assertThat(source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START)).isPresent();
    }
  }

  private static void assertMisconfigured(DatabaseSettings settings, String message) {
    try (ActionDatabase database = ActionDatabase.of(settings, Optional.empty(), false)) {
      TableSource source = new TableSource(database, SourceWorld.reader());
      assertThatThrownBy(() -> source.poll(Snapshot.empty(SourceWorld.START), SourceWorld.START))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining("actions_db")
          .hasMessageContaining(message);
    }
  }
}
