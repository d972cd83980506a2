package io.actionscheduler.db;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFileTest {
  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void open() throws SQLException {
    file = SqliteFile.open(path(), "jdbc:sqlite:" + path() + "?busy_timeout=200");
    file.write(handle -> handle.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY)"));
  }

  @AfterEach
  void close() throws SQLException {
    file.close();
  }

  private Path path() {
    return folder.resolve("shared.db");
  }

  private List<Integer> ids() throws SQLException {
    return file.read(SqliteFileTest::ids);
  }

  private static List<Integer> ids(Handle handle) {
    return handle.createQuery("SELECT id FROM thing ORDER BY id").mapTo(int.class).list();
  }

  @Test
  void workThatThrowsLeavesNothingBehindAndTheNextOneSucceeds() throws SQLException {
    assertThatThrownBy(
            () ->
                file.write(
                    handle -> {
                      handle.execute("INSERT INTO thing VALUES (1)");
                      throw new SQLException("no");
                    }))
        .hasMessage("no");
    assertThatThrownBy(() -> file.write(handle -> handle.execute("INSERT INTO other VALUES (1)")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no such table");
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (2)"));
    assertThat(ids()).containsExactly(2);
  }

  @Test
  void aBatchIsPartOfItsTransaction() throws SQLException {
    assertThatThrownBy(
            () ->
                file.write(
                    handle -> {
                      PreparedBatch batch = handle.prepareBatch("INSERT INTO thing VALUES (?)");
                      IntStream.range(0, 100).forEach(batch::add);
                      batch.execute();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(ids()).isEmpty();
  }

  @Test
  void aWriteInsideAWriteIsRefusedAndDoesNotUndoTheOuterOne() throws SQLException {
    file.write(
        handle -> {
          handle.execute("INSERT INTO thing VALUES (1)");
          assertThatThrownBy(() -> file.write(inner -> 0))
              .isInstanceOf(IllegalStateException.class);
          return handle.execute("INSERT INTO thing VALUES (2)");
        });
    assertThat(ids()).containsExactly(1, 2);
    file.read(
        handle -> {
          assertThatThrownBy(() -> file.write(inner -> 0))
              .isInstanceOf(IllegalStateException.class);
          return 0;
        });
  }

  @Test
  void aReadSeesOneStateBesideAWriterWhereThereIsAWriteAheadLog() throws SQLException {
    file.useWriteAheadLog();
    file.read(
        handle -> {
          assertThat(ids(handle)).isEmpty();
          inAnotherThread(() -> file.write(other -> other.execute("INSERT INTO thing VALUES (1)")));
          assertThat(ids(handle)).isEmpty();
          return 0;
        });
    assertThat(ids()).containsExactly(1);
  }

  /** The number of commits in the file's life, which SQLite counts in its header. */
  private int commits() throws Exception {
    return ByteBuffer.wrap(Files.readAllBytes(path()), 24, 4).getInt();
  }

  @Test
  void writesThatWaitTogetherShareACommitAndOneThatFailsIsUndoneAlone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(11);
    try {
      Future<Integer> first =
          threads.submit(
              () ->
                  file.write(
                      handle -> {
                        begun.countDown();
                        awaitUninterruptibly(goOn);
                        return handle.execute("INSERT INTO thing VALUES (100)");
                      }));
      begun.await();
      int before = commits();
      List<Future<Integer>> others =
          IntStream.range(0, 10)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              file.writeTogether(
                                  handle -> {
                                    handle.execute("INSERT INTO thing VALUES (?)", i);
                                    if (i == 7) {
                                      throw new IllegalStateException("seven");
                                    }
                                    return i == 8
                                        ? handle.execute("INSERT INTO nothing VALUES (1)")
                                        : i;
                                  })))
              .toList();
      await().until(() -> file.waiting() == 10);
      goOn.countDown();
      first.get();
      for (int i = 0; i < 10; i++) {
        Future<Integer> one = others.get(i);
        switch (i) {
          case 7 -> assertThatThrownBy(one::get).hasRootCauseMessage("seven");
          case 8 -> assertThatThrownBy(one::get).hasRootCauseInstanceOf(SQLException.class);
          default -> assertThat(one.get()).isEqualTo(i);
        }
      }
      assertThat(ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 9, 100);
      assertThat(commits()).isEqualTo(before + 2);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCommitWaitsForOurOwnReaderHoweverLongItReads() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      file.read(
          handle -> {
            ids(handle); // takes the lock of the file
            thread.submit(
                () -> {
                  file.write(other -> other.execute("INSERT INTO thing VALUES (1)"));
                  committed.countDown();
                  return null;
                });
            try { // longer than busy_timeout, after which SQLite would give up
              assertThat(committed.await(500, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return 0;
          });
      assertThat(committed.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      thread.shutdownNow();
    }
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void aReaderAndACommitThatExceedsTheCacheDoNotWaitForEachOther() throws Exception {
    // Less than the longest wait of a commit for a reader: then the reader would give up.
    String patient = "jdbc:sqlite:" + path() + "?busy_timeout=8000";
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (SqliteFile large = SqliteFile.open(path(), patient)) {
      Future<List<Integer>> read =
          large.write(
              handle -> {
                handle.execute("PRAGMA cache_size = 10"); // pages
                handle.execute("CREATE TABLE other (text TEXT)");
                for (int i = 0; i < 100; i++) {
                  handle.execute("INSERT INTO other VALUES (?)", "x".repeat(4_000));
                }
                handle.execute("INSERT INTO thing VALUES (1)");
                Future<List<Integer>> reading =
                    thread.submit(() -> large.read(SqliteFileTest::ids));
                await().until(large.readersWait::waits);
                return reading;
              });
      assertThat(read.get(60, TimeUnit.SECONDS)).containsExactly(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void onlyTheCommitsOfOthersAreForeign() throws Exception {
    long before = file.foreignChanges();
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (1)"));
    ids();
    assertThat(file.foreignChanges()).isEqualTo(before);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement statement = other.createStatement()) {
      statement.execute("INSERT INTO thing VALUES (2)");
    }
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (3)"));
    long after = file.foreignChanges();
    assertThat(after).isNotEqualTo(before);
    assertThat(file.foreignChanges()).isEqualTo(after);
  }

  @Test
  void aForeignLockIsWaitedForNoLongerThanTold() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> file.write(handle -> handle.execute("INSERT INTO thing VALUES (1)")))
          .hasMessageContaining("SQLITE_BUSY");
      assertThat(ids()).isEmpty();
      statement.execute("COMMIT");
    }
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (1)"));
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void aCommitThatAForeignReadHoldsUpIsUndoneWhole() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM thing").next();
      assertThatThrownBy(() -> file.write(handle -> handle.execute("INSERT INTO thing VALUES (1)")))
          .hasMessageContaining("SQLITE_BUSY");
      statement.execute("ROLLBACK");
    }
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (2)"));
    assertThat(ids()).containsExactly(2);
  }

  @Test
  void anInterruptDoesNotTearAWrite() throws SQLException {
    Thread.currentThread().interrupt();
    file.write(handle -> handle.execute("INSERT INTO thing VALUES (1)"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void closingTwiceIsFineAndWhatComesLaterIsRefused() throws SQLException {
    ids();
    file.close();
    file.close();
    assertThatThrownBy(this::ids).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> file.write(handle -> 0)).isInstanceOf(SQLException.class);
    assertThatThrownBy(file::foreignChanges).isInstanceOf(SQLException.class);
  }

  @Test
  void itWaitsForWorkUnderWayBeforeItCloses() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> written =
          threads.submit(
              () ->
                  file.write(
                      handle -> {
                        begun.countDown();
                        return IntStream.range(0, 3_000)
                            .map(i -> handle.execute("INSERT INTO thing VALUES (?)", i))
                            .sum();
                      }));
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      file.close();
      assertThat(written.get(60, TimeUnit.SECONDS)).isEqualTo(3_000);
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Action {
    void run() throws SQLException;
  }

  private static void inAnotherThread(Action action) {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      threads
          .submit(
              () -> {
                action.run();
                return 0;
              })
          .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theLogOfAFileThatWasReplacedIsNotLeftToTheNewOne() throws Exception {
    Path path = folder.resolve("replaced.db");
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      open.useWriteAheadLog();
      open.write(handle -> handle.execute("CREATE TABLE x (y INTEGER)"));
      open.refresh();
      assertThat(open.generation()).isZero();
      Path backup = folder.resolve("backup.db");
      try (SqliteFile other = SqliteFile.open(backup, "jdbc:sqlite:" + backup)) {
        other.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      }
      Files.move(backup, path, REPLACE_EXISTING);
      open.refresh();
      assertThat(open.generation()).isEqualTo(1);
      assertThat(open.replaced())
          .isEqualTo(
              "the file was replaced while it was open; the write-ahead log of the old file was"
                  + " renamed to replaced.db-wal.replaced");
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
      assertThat(folder.resolve("replaced.db-wal.replaced")).exists();
    }
    try (SqliteFile restored = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      assertThat(restored.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
  void removingTheLogOfAnOpenFileLosesNothingAndIsReported(String removed) throws Exception {
    Path path = folder.resolve("open.db");
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      open.useWriteAheadLog();
      open.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      open.refresh();
      for (String ending : removed.split(" ")) {
        Files.delete(folder.resolve("open.db" + ending));
      }
      open.refresh();
      assertThat(open.replaced())
          .isEqualTo(
              "its open.db"
                  + removed.split(" ")[0]
                  + " was removed while it was open; nothing is lost: what the write-ahead log held"
                  + " was copied into the file");
      assertThat(open.generation()).isEqualTo(1);
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
      open.write(handle -> handle.execute("INSERT INTO restored VALUES (1)"));
      open.refresh();
      assertThat(open.generation()).isEqualTo(1); // told once
      try (SqliteFile other = SqliteFile.open(path, "jdbc:sqlite:" + path)) { // another program
        assertThat(other.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
      }
    }
  }

  /**
   * Asks for the lock that SQLite takes, up to version 3.40 at least, before it closes a file and
   * removes its log: the 510 bytes from {@code SHARED_FIRST} on of its file format.
   */
  static final class OtherProgram {
    public static void main(String[] arguments) throws IOException {
      try (FileChannel file =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
          FileLock lock = file.tryLock(0x40000002L, 510, false)) {
        System.out.println(lock == null ? "in use" : "not in use");
      }
    }
  }

  /** After a kill, the file is opened with its log; its header is read beside the connections. */
  @Test
  void otherProgramsSeeThatAFileWithALogIsInUse() throws Exception {
    Path killed = folder.resolve("killed.db");
    try (SqliteFile before =
        SqliteFile.open(folder.resolve("w.db"), "jdbc:sqlite:" + folder.resolve("w.db"))) {
      before.useWriteAheadLog();
      before.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      for (String ending : List.of("", "-wal")) { // as a kill leaves them
        Files.copy(folder.resolve("w.db" + ending), folder.resolve("killed.db" + ending));
      }
    }
    try (SqliteFile open = SqliteFile.open(killed, "jdbc:sqlite:" + killed)) {
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
      open.refresh();
      Process other = ChildProcess.start(folder, OtherProgram.class, killed.toString());
      assertThat(ChildProcess.outputOf(other)).isEqualTo("in use");
    }
  }

  @Test
  void aReopeningThatFailsIsTriedAgain() throws Exception {
    Path path = folder.resolve("again.db");
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      open.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      Path good = folder.resolve("good.db");
      Files.copy(path, good);
      Path bad = folder.resolve("bad.db");
      Files.write(bad, new byte[200]);
      Files.move(bad, path, REPLACE_EXISTING);
      assertThatThrownBy(open::refresh).isInstanceOf(SQLException.class);
      assertThatThrownBy(open::refresh).isInstanceOf(SQLException.class);
      Files.move(good, path, REPLACE_EXISTING);
      open.refresh();
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
    }
  }

  @Test
  void aLogThatWasRemovedOrLeftBehindWhileNobodyHadTheFileOpenIsTold() throws Exception {
    Path path = folder.resolve("killed.db");
    Path killed = folder.resolve("of.db");
    try (SqliteFile open = SqliteFile.open(killed, "jdbc:sqlite:" + killed)) {
      open.useWriteAheadLog();
      open.write(handle -> handle.execute("CREATE TABLE x (y INTEGER)"));
      for (String ending : List.of("", "-wal", "-shm")) { // as a kill leaves them
        Files.copy(folder.resolve("of.db" + ending), folder.resolve("killed.db" + ending));
      }
    }
    assertThat(FoundLog.find(killed)).isEmpty();
    assertThat(FoundLog.find(path)).isEmpty();
    assertThat(FoundLog.find(path, 61_000))
        .hasValueSatisfying(
            told ->
                assertThat(told)
                    .matches(
                        "the file was changed 61 s after killed.db-wal.*restore the file again"));
    Files.delete(folder.resolve("killed.db-wal"));
    assertThat(FoundLog.find(path))
        .hasValueSatisfying(
            told -> assertThat(told).startsWith("killed.db-wal was removed, but killed.db-shm"));
    Files.delete(folder.resolve("killed.db-shm"));
    assertThat(FoundLog.find(path)).isEmpty();
  }

  /** A backup may come with a log of its own, without which it lacks what was written last. */
  @Test
  void theLogThatCameWithTheNewFileStaysWithIt() throws Exception {
    Path path = folder.resolve("replaced.db");
    Path backup = folder.resolve("backup.db");
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path);
        SqliteFile other = SqliteFile.open(backup, "jdbc:sqlite:" + backup)) {
      open.useWriteAheadLog();
      open.write(handle -> handle.execute("CREATE TABLE x (y INTEGER)"));
      open.refresh();
      other.useWriteAheadLog();
      other.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      Files.copy(backup, folder.resolve("copy.db"));
      Files.copy(folder.resolve("backup.db-wal"), folder.resolve("copy.db-wal"));
      Files.move(
          folder.resolve("copy.db-wal"), folder.resolve("replaced.db-wal"), REPLACE_EXISTING);
      Files.move(folder.resolve("copy.db"), path, REPLACE_EXISTING);
      open.refresh();
      assertThat(open.replaced()).isEqualTo("the file was replaced while it was open");
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
    }
  }

  /** Else what is being copied would be taken for an empty database, and written to. */
  @Test
  void aFileThatIsGoneOrNotWholeYetIsWaitedFor() throws Exception {
    Path path = folder.resolve("replaced.db");
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      open.write(handle -> handle.execute("CREATE TABLE restored (y INTEGER)"));
      byte[] backup = Files.readAllBytes(path);
      Files.delete(path);
      assertThatThrownBy(open::refresh).hasMessage("the file is gone; bring it back");
      for (int written : new int[] {0, 50, 5_000, backup.length - 1}) {
        Files.write(folder.resolve("part"), Arrays.copyOf(backup, written));
        Files.move(folder.resolve("part"), path, REPLACE_EXISTING);
        assertThatThrownBy(open::refresh)
            .as("%d bytes", written)
            .hasMessage("the file was replaced, and what is there now is not whole yet");
      }
      Files.write(path, backup);
      open.refresh();
      assertThat(open.generation()).isEqualTo(1);
      open.write(handle -> handle.execute("INSERT INTO restored VALUES (1)"));
    }
  }

  /**
   * {@code cp} keeps the file. If its header happens to be that of the file before, SQLite goes on
   * with the pages that it has in memory.
   *
   * @param more commits of the file that was open, beyond those of the one that is restored
   */
  @ParameterizedTest(name = "{0} commits more")
  @ValueSource(ints = {0, 3})
  void aFileThatIsWrittenOverIsOpenedAgain(int more) throws Exception {
    Path path = folder.resolve("over.db");
    byte[] backup = fileThatHolds("restored", "backup.db");
    Files.write(path, fileThatHolds("replaced", "first.db"));
    try (SqliteFile open = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      for (int i = 0; i < more; i++) {
        open.write(handle -> handle.execute("PRAGMA user_version = 1"));
        open.refresh();
      }
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isZero();
      open.refresh();
      assertThat(open.generation()).isZero();
      writeOver(path, backup);
      open.refresh();
      assertThat(open.generation()).isEqualTo(1);
      assertThat(open.<Integer>read(SqliteFileTest::tablesNamedRestored)).isEqualTo(1);
      open.refresh();
      assertThat(open.generation()).isEqualTo(1);
    }
  }

  /** Both have one commit and the same size, so that their headers are the same. */
  private byte[] fileThatHolds(String table, String name) throws Exception {
    Path path = folder.resolve(name);
    try (SqliteFile file = SqliteFile.open(path, "jdbc:sqlite:" + path)) {
      file.write(handle -> handle.execute("CREATE TABLE " + table + " (y INTEGER)"));
    }
    return Files.readAllBytes(path);
  }

  /** The clock of a file system may stand still for some milliseconds: the time is set. */
  private static void writeOver(Path path, byte[] contents) throws Exception {
    FileTime before = Files.getLastModifiedTime(path);
    Files.write(path, contents);
    Files.setLastModifiedTime(path, FileTime.fromMillis(before.toMillis() + 1_000));
  }

  private static int tablesNamedRestored(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'restored'")
        .mapTo(int.class)
        .one();
  }

  @Test
  void aReaderAndALargeWriteThatHasNotEndedDoNotWaitForEachOther() throws Exception {
    ExecutorService readers = Executors.newSingleThreadExecutor();
    try {
      List<Integer> seen =
          file.write(
              handle -> {
                handle.execute("CREATE TABLE large (value BLOB)");
                handle.execute( // 8 MB, more than SQLite keeps in memory by itself
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)"
                        + " INSERT INTO large SELECT zeroblob(1000) FROM n");
                return answered(readers.submit(() -> ids()));
              });

      assertThat(seen).isEmpty();
    } finally {
      readers.shutdownNow();
    }
  }

  private static List<Integer> answered(Future<List<Integer>> asked) throws SQLException {
    try {
      return asked.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new SQLException("the reader got no answer: " + e, e);
    }
  }
}
