package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static io.actionscheduler.store.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.testing.Records;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class PostgresStoreTest implements DurableStoreContract {
  private static final LeaseTimes SHORT =
      new LeaseTimes(Duration.ofMillis(2500), Duration.ofMillis(400), Duration.ofMillis(400));

  private final List<HikariDataSource> opened = new ArrayList<>();
  private TestPostgres server;
  private String database;

  @BeforeEach
  void makeDatabase(TestPostgres shared) throws Exception {
    server = shared;
    database = shared.createDatabase();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(HikariDataSource::close);
  }

  @Override
  public Store open() {
    return open(server.settings("internal_db", database), LeaseTimes.STANDARD);
  }

  private Store open(DatabaseSettings at, LeaseTimes times) {
    HikariDataSource pool = PostgresConnections.pool(at, Duration.ofMillis(600));
    opened.add(pool);
    return new DatabaseStore(new PostgresBackend(at, pool, times), Samples.CRON);
  }

  @Override
  public void run(String sql) throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aRunThatTheDatabaseRefusesDoesNotHoldUpTheRest() throws Exception {
    try (Store store = open()) {
      store.own(() -> {});
      List<Run> runs = new ArrayList<>();
      for (String callback : List.of("a", "b", "no\0such", "d", "e")) {
        runs.add(runAt(callback));
      }
      Recording recording =
          new Recording(3, List.of(progress("1", NOON)), List.of(), List.of(), List.of(), runs);
      store.record(recording);
      store.record(recording); // known, as any other
      assertThat(StoreContract.all(store)).containsExactly(progress("1", NOON));
      assertThat(store.history(HistoryStore.Filter.ALL, Long.MAX_VALUE, 10))
          .extracting(entry -> entry.run().key().callback())
          .containsExactly("e", "d", "b", "a");
    }
  }

  private static Run runAt(String callback) {
    return new Run(
        new ProgressKey(new ActionId("1"), callback),
        "report",
        Stretch.of(NOON),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(NOON),
        NOON,
        1,
        0,
        "",
        "");
  }

  @Test
  void theLeaseIsRenewedForAsLongAsTheOwnerLives() throws Exception {
    try (Store store = open(server.settings("internal_db", database), SHORT)) {
      store.own(() -> {});
      run("CREATE TABLE at_first AS SELECT lease_until FROM scheduler_owner");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isLater("at_first"));
      Records.save(store, List.of(progress("1", NOON)));
    }
  }

  private boolean isLater(String than) throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT (SELECT lease_until FROM scheduler_owner) > lease_until + "
                    + "interval '700 milliseconds' FROM "
                    + than)) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Test
  void theLeaseOfAnOwnerThatDiedIsWaitedFor() throws Exception {
    owned().close();
    run(
        "UPDATE scheduler_owner SET host = 'elsewhere', "
            + "lease_until = clock_timestamp() + interval '700 milliseconds'");
    try (Store store = owned()) {
      Records.save(store, List.of(progress("1", NOON)));
    }
  }

  @Test
  void whoStandsByIsToldOfTheOwnerAtOnceAndTakesOverWhenTheLeaseEnds() throws Exception {
    Store first = standby();
    Store second = standby();
    try (first;
        second) {
      assertThat(first.leaseHolder()).isEmpty(); // no tables yet
      first.own(() -> {});
      assertThat(first.isOwned()).isTrue();
      StoreOwner holder = second.leaseHolder().orElseThrow();
      assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThatThrownBy(() -> second.own(() -> {}))
          .isInstanceOfSatisfying(
              OwnedElsewhere.class,
              e -> assertThat(e.owner().orElseThrow().isSameAs(holder)).isTrue());
      assertThat(second.isOwned()).isFalse();
      CompletableFuture<Void> lost = new CompletableFuture<>();
      first.close();
      assertThat(first.isOwned()).isFalse();
      second.own(() -> lost.complete(null));
      Records.save(second, List.of(progress("1", NOON)));
      run("UPDATE scheduler_owner SET token = token + 1"); // as another owner does
      lost.get(30, TimeUnit.SECONDS);
      assertThat(second.isOwned()).isFalse();
    }
  }

  private Store standby() {
    DatabaseSettings at = server.settings("internal_db", database);
    HikariDataSource pool = PostgresConnections.pool(at, Duration.ofMillis(600));
    opened.add(pool);
    LeaseTimes times =
        new LeaseTimes(Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ofSeconds(2));
    return new DatabaseStore(PostgresBackend.withStandby(at, pool, times), Samples.CRON);
  }

  @Test
  void anOwnerThatCannotRenewLosesItBeforeTheLeaseEndsAndMayAskAgain() throws Exception {
    CompletableFuture<Instant> lostAt = new CompletableFuture<>();
    try (TestPostgres own = TestPostgres.start()) {
      String leased = own.createDatabase();
      try (Store store = open(own.settings("internal_db", leased), SHORT)) {
        store.own(() -> lostAt.complete(Instant.now()));
        Records.save(store, List.of(progress("1", NOON)));
        own.stop();
        Instant lost = lostAt.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> Records.save(store, List.of(progress("2", NOON))))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.isMisconfigured()).isFalse());
        own.startAgain();
        assertThatThrownBy(() -> Records.save(store, List.of(progress("2", NOON))))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("ownership is lost");
        Awaitility.await() // the pool takes a moment to notice
            .ignoreException(StoreException.class)
            .until(() -> StoreContract.all(store).equals(List.of(progress("1", NOON))));
        assertThat(lost).isBefore(endOfLease(own, leased)); // both by the clock of this machine
        store.own(() -> {});
        Records.save(store, List.of(progress("2", NOON)));
        assertThat(StoreContract.all(store)).hasSize(2);
      }
    }
  }

  private static Instant endOfLease(TestPostgres server, String database) throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT lease_until FROM scheduler_owner")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  @Test
  void aServerThatComesBackInTimeIsNoLoss() throws Exception {
    try (TestPostgres own = TestPostgres.start()) {
      DatabaseSettings at = own.settings("internal_db", own.createDatabase());
      try (Store store = open(at, LeaseTimes.STANDARD)) {
        store.own(() -> {});
        Records.save(store, List.of(progress("1", NOON)));
        own.stop();
        assertThatThrownBy(() -> Records.save(store, List.of(progress("2", NOON))))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.isMisconfigured()).isFalse());
        own.startAgain();
        Awaitility.await() // the pool takes a moment to notice
            .ignoreException(StoreException.class)
            .until(() -> StoreContract.all(store).size() == 1);
        Records.save(store, List.of(progress("2", NOON)));
        assertThat(StoreContract.all(store)).hasSize(2);
      }
    }
  }

  @Test
  void aServerThatIsDownAtTheStartIsAMatterOfWaiting() throws Exception {
    DatabaseSettings at;
    try (TestPostgres own = TestPostgres.start()) {
      at = own.settings("internal_db", "postgres");
    }
    try (Store store = open(at, LeaseTimes.STANDARD)) {
      assertThatThrownBy(() -> store.own(() -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isMisconfigured()).isFalse())
          .hasMessageStartingWith("internal_db (PostgreSQL 127.0.0.1:")
          .hasMessageContaining("refused");
    }
  }

  @Test
  void aWrongPasswordIsAMatterForAPersonAndNotPrinted() {
    DatabaseSettings right = server.settings("internal_db", database);
    DatabaseSettings wrong =
        new DatabaseSettings(
            right.key(),
            right.dialect(),
            right.jdbcUrl(),
            right.username(),
            Optional.of("guess"),
            right.file());
    assertMisconfigured(wrong, "password authentication failed", ".username and .password");
  }

  @Test
  void anUnknownDatabaseIsAMatterForAPerson() {
    assertMisconfigured(
        server.settings("internal_db", "nowhere"), "\"nowhere\" does not exist", "create it");
  }

  private void assertMisconfigured(DatabaseSettings at, String fault, String remedy) {
    try (Store store = open(at, LeaseTimes.STANDARD)) {
      assertThatThrownBy(() -> store.own(() -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining(fault)
          .hasMessageContaining(remedy)
          .hasMessageNotContaining("guess");
      assertThatThrownBy(() -> StoreContract.all(store))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining(fault);
    }
  }
}
