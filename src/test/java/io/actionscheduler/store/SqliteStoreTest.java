package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static io.actionscheduler.store.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.testing.ChildProcess;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements DurableStoreContract {
  @TempDir Path folder;
  private final List<Databases> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Databases::close);
  }

  static DatabaseSettings settings(String key, Path file, String url) {
    return new DatabaseSettings(
        key, Dialect.SQLITE, url, Optional.empty(), Optional.empty(), Optional.of(file));
  }

  private Path file() {
    return folder.resolve("internal.db");
  }

  @Override
  public Store open() throws Exception {
    return open("jdbc:sqlite:" + file());
  }

  private Store open(String url) throws Exception {
    DatabaseSettings at = settings("internal_db", file(), url);
    Databases databases = new Databases(List.of(at));
    opened.add(databases); // each store as in a process of its own
    return Stores.open(Optional.of(at), databases, Samples.CRON, InstantSource.system());
  }

  @Override
  public void run(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String journalMode() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA journal_mode")) {
      return row.getString(1);
    }
  }

  @Test
  void aFileOfItsOwnIsWrittenAhead() throws Exception {
    owned().close();
    assertThat(journalMode()).isEqualTo("wal");
    owned().close();
  }

  /** A command reads beside the owner, whose log is in use. */
  @Test
  void onlyTheOwnerReportsALogThatWasFoundBesideTheFile() throws Exception {
    owned().close();
    closeAll();
    Files.write(folder.resolve("internal.db-shm"), new byte[32_768]); // whose log was removed
    try (Logged told = Logged.of("io.actionscheduler.store.ownership.SqliteOwnership");
        Store store = open()) {
      assertThat(store.snapshotReadAt("actions")).isEmpty();
      assertThat(told.lines()).isEmpty();
      store.own(() -> {});
      assertThat(told.lines())
          .singleElement()
          .satisfies(line -> assertThat(line).contains("internal.db-wal was removed, but"));
    }
  }

  @Test
  void aFileThatHoldsOthersTablesKeepsItsJournalMode() throws Exception {
    run("CREATE TABLE action (id INTEGER PRIMARY KEY)");
    try (Store store = owned()) {
      Records.save(store, List.of(progress("1", NOON)));
    }
    assertThat(journalMode()).isEqualTo("delete");
  }

  @Test
  void aFileThatIsTheActionsToKeepsItsJournalModeEvenWhileItIsEmpty() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file());
    DatabaseSettings internal = settings("internal_db", file(), "jdbc:sqlite:" + file());
    DatabaseSettings actions = settings("actions_db", link, "jdbc:sqlite:" + link);
    try (Databases databases = new Databases(List.of(actions, internal));
        Store store =
            Stores.open(Optional.of(internal), databases, Samples.CRON, InstantSource.system())) {
      assertThat(databases.sqlite(actions)).isSameAs(databases.sqlite(internal));
      long before = databases.sqlite(actions).foreignChanges();
      store.own(() -> {});
      Records.save(store, List.of(progress("1", NOON)));
      assertThat(databases.sqlite(actions).foreignChanges()).isEqualTo(before);
      assertThat(journalMode()).isEqualTo("delete");
    }
  }

  @Test
  void lookingIntoTheLockFileDoesNotOpenIt() throws Exception {
    try (Store first = owned();
        Store second = open()) {
      assertThatThrownBy(() -> second.own(() -> {})).isInstanceOf(OwnedElsewhere.class);
      Process other = ChildProcess.start(folder, LockProbe.class, file() + ".lock");
      assertThat(ChildProcess.outputOf(other)).isEqualTo("locked");
    }
  }

  @Test
  void anOwnerThatWasKilledLeavesTheStoreFreeAndWhole() throws Exception {
    Process writer = ChildProcess.start(folder, SavingForEver.class, file().toString());
    try (var lines = writer.inputReader()) {
      for (int round = 0; round < 20; round++) {
        assertThat(lines.readLine()).startsWith("saved ");
      }
      try (Store second = open()) {
        assertThatThrownBy(() -> second.own(() -> {}))
            .isInstanceOf(OwnedElsewhere.class)
            .hasMessageContaining("pid " + writer.pid() + " on");
      }
      writer
          .toHandle()
          .destroyForcibly(); // unlike the process itself it leaves its output readable
      long saved = 19;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        saved = Long.parseLong(line.substring("saved ".length()));
      }
      try (Store store = owned()) {
        List<Progress> all = StoreContract.all(store);
        assertThat(all).hasSize(SavingForEver.ROWS);
        // Each save moved all rows to one moment: the last that was confirmed, or the one in work.
        assertThat(all).extracting(Progress::settledUntil).containsOnly(all.get(0).settledUntil());
        assertThat(all.get(0).settledUntil())
            .isBetween(NOON.plusSeconds(saved), NOON.plusSeconds(saved + 1));
      }
    }
  }

  @Test
  void aFullDiskIsToldAndPassesOnceThereIsRoom() throws Exception {
    List<Progress> many = IntStream.range(0, 20_000).mapToObj(i -> progress("" + i, NOON)).toList();
    try (Store store = open("jdbc:sqlite:" + file() + "?max_page_count=50")) {
      store.own(() -> {});
      Records.save(store, List.of(progress("-1", NOON)));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> Records.save(store, many))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.isMisconfigured()).isFalse())
            .hasMessageContaining("internal_db (SQLite " + file() + ")")
            .hasMessageContaining("full");
      }
      assertThat(StoreContract.all(store)).containsExactly(progress("-1", NOON));
      Records.save(store, List.of(progress("-2", NOON)));
      assertThat(StoreContract.all(store)).hasSize(2);
    }
    try (Store store = owned()) {
      Records.save(store, many);
      assertThat(StoreContract.all(store)).hasSize(20_002);
    }
  }

  @Test
  void aFileLockedByAnotherProgramIsToldAndPasses() throws Exception {
    try (Store store = open("jdbc:sqlite:" + file() + "?busy_timeout=50")) {
      store.own(() -> {});
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> Records.save(store, List.of(progress("1", NOON))))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.isMisconfigured()).isFalse())
            .hasMessageContaining("another program keeps the file locked");
      }
      Records.save(store, List.of(progress("1", NOON)));
      assertThat(StoreContract.all(store)).hasSize(1);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsAMatterForAPerson() throws Exception {
    Files.writeString(file(), "dear diary, ".repeat(100));
    assertMisconfigured(file().toString(), "not a sound SQLite database");
    assertThat(Files.readString(file())).startsWith("dear diary");
  }

  @Test
  void aFolderIsAMatterForAPerson() throws Exception {
    Files.createDirectory(file());
    assertMisconfigured(file().toString(), "cannot be opened");
  }

  @Test
  void aMissingFolderIsAMatterForAPerson() {
    assertMisconfigured(folder.resolve("no/such/x.db").toString(), "its folder must exist");
  }

  @Test
  void aReadOnlyFileIsAMatterForAPersonButCanBeRead() throws Exception {
    try (Store store = owned()) {
      Records.save(store, List.of(progress("1", NOON)));
    }
    closeAll();
    run("PRAGMA journal_mode = DELETE");
    assertMisconfigured("file:" + file() + "?immutable=1", "read-only");
    try (Store store = open("jdbc:sqlite:file:" + file() + "?immutable=1")) {
      assertThat(StoreContract.all(store)).hasSize(1);
    }
  }

  private void assertMisconfigured(String place, String fault) {
    assertThatThrownBy(
            () -> {
              try (Store store = open("jdbc:sqlite:" + place)) {
                store.own(() -> {});
              }
            })
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isMisconfigured()).isTrue())
        .hasMessageStartingWith("internal_db (SQLite " + file() + "): ")
        .hasMessageContaining(fault);
  }
}
