package io.actionscheduler.store.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.cluster.simulation.SharedTokens;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.db.SqliteFile.Work;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.store.ownership.ClusterTables.Terms;
import io.actionscheduler.store.ownership.ClusterTables.WrongCluster;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the processes of a cluster share in PostgreSQL: terms, leases and tokens. */
@ExtendWith(SharedPostgres.class)
class ShardTokensTest {
  private static final long SEED = Long.getLong("seed", 20261128);
  private static final Terms TERMS = new Terms("billing", 6, 1);

  /** No machine is so slow that one of these ends. */
  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(1));

  /** The common pool has a single thread where there are two processors. */
  private static final Executor OWN_THREAD =
      work -> Daemons.named("process").newThread(work).start();

  private static final Owner PROCESS = new Owner("host-a", 4711, Instant.EPOCH);

  private final TestPostgres postgres;
  private String name;
  private OwnedDatabase database;
  private ShardTokens tokens;

  ShardTokensTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void enter() throws SQLException {
    name = postgres.createDatabase();
    database = new Database(postgres.settings("internal_db", name));
    ClusterTables.enter(database, TERMS);
    tokens = new ShardTokens(database);
  }

  /** As the store opens it, without a pool. */
  private record Database(DatabaseSettings settings) implements OwnedDatabase {
    @Override
    public boolean isCurrent(Handle handle) {
      return true;
    }

    @Override
    public boolean hasTable(Handle handle, String table) {
      return handle
          .createQuery("SELECT to_regclass(:name) IS NOT NULL")
          .bind("name", table)
          .mapTo(boolean.class)
          .one();
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
      return write(work);
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
      try (Connection one = PostgresConnections.connect(settings, Duration.ofSeconds(30))) {
        return Jdbi.create(one).inTransaction(work::with);
      } catch (JdbiException e) {
        if (e.getCause() instanceof SQLException cause) {
          throw cause;
        }
        throw e;
      }
    }

    /** As much of the store's tables as ownership needs. */
    @Override
    public void migrate(Handle handle) {
      handle.execute(
          """
          CREATE TABLE IF NOT EXISTS scheduler_owner (id integer PRIMARY KEY, token bigint NOT NULL,
            host text, pid bigint, since timestamptz, lease_until timestamptz)
          """);
    }
  }

  @Test
  void aSecondProcessWithTheSameTermsChangesNothing() throws SQLException {
    long token = claim(3, 1);
    ClusterTables.enter(database, TERMS);
    assertThat(tokens.outdated(Map.of(3, token))).isEmpty();
  }

  @Test
  void otherTermsAreRefusedWithAllDifferences() {
    assertThatThrownBy(() -> ClusterTables.enter(database, new Terms("crm", 12, 2)))
        .isInstanceOf(WrongCluster.class)
        .hasMessage(
            "its cluster has name billing, not crm, 6 shards, not 12, shards of arithmetic 1, not 2;"
                + " use the same settings in all processes that share a database");
  }

  @Test
  void tablesOfANewerProgramAreRefused() throws SQLException {
    update("UPDATE scheduler_cluster SET version = 99");
    assertThatThrownBy(() -> ClusterTables.enter(database, TERMS))
        .isInstanceOf(WrongCluster.class)
        .hasMessageContaining("version 99, newer than this program's 1; run the newer program");
  }

  @Test
  void aShardThatDoesNotExistCannotBeClaimedAndNoOtherIsClaimedWithIt() throws SQLException {
    assertThatThrownBy(() -> tokens.claim(Set.of(2, 6), 1))
        .hasMessage("there are no shards [6]")
        .isInstanceOf(SQLException.class);
    assertThat(number("SELECT max(token) FROM scheduler_shard")).isZero();
  }

  /** The simulation stands on this: its tokens answer as those of the database do. */
  @Test
  void theTokensOfTheSimulationAnswerAsTheDatabaseDoes() throws SQLException {
    SharedTokens model = SharedTokens.ofSimulation();
    Random random = new Random(SEED);
    Map<Integer, Long> had = new HashMap<>(); // tokens of a process, also outdated ones
    for (int i = 0; i < 120; i++) {
      int shard = random.nextInt(TERMS.shards());
      switch (random.nextInt(4)) {
        case 0 -> {
          long token = claim(shard, 1);
          assertThat(token).as("seed %d", SEED).isEqualTo(model.claim(shard));
          had.put(shard, token);
        }
        case 1 -> assertThat(claim(shard, 2)).isEqualTo(model.claim(shard)); // another one
        case 2 -> tokens.giveBack(Set.of(shard), 1); // changes no token
        default -> {
          Set<Integer> outdated = new HashSet<>(had.keySet());
          outdated.removeIf(each -> model.isInForce(each, had.get(each)));
          assertThat(outdated(had)).as("seed %d", SEED).isEqualTo(outdated);
        }
      }
    }
    assertThat(had).isNotEmpty();
  }

  private Set<Integer> outdated(Map<Integer, Long> some) throws SQLException {
    return database.write(handle -> ShardTokens.outdated(handle, some));
  }

  @Test
  void aClaimWaitsForTheWriteThatIsUnderWayAndStopsTheNext() throws Exception {
    long token = claim(2, 1);
    CountDownLatch checked = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    CompletableFuture<Boolean> write =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return database.write(
                    handle -> {
                      boolean taken =
                          ShardTokens.outdated(handle, Map.of(2, token, 1, 0L)).isEmpty();
                      checked.countDown();
                      await(commit);
                      return taken;
                    });
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            },
            OWN_THREAD);
    await(checked);
    CompletableFuture<Long> claim = CompletableFuture.supplyAsync(() -> claim(2, 2), OWN_THREAD);
    awaitWaiting();
    assertThat(claim).isNotDone();
    assertThat(claim(3, 2)).isEqualTo(1); // another shard waits for nobody
    commit.countDown();
    assertThat(write.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(claim.get(60, TimeUnit.SECONDS)).isEqualTo(token + 1);
    assertThat(outdated(Map.of(2, token))).containsExactly(2);
    assertThat(tokens.outdated(Map.of(2, token, 3, 1L))).containsExactly(2);
  }

  /** Not even for one that another process has under way for a shard that it claimed meanwhile. */
  @Test
  void givingBackWaitsForNoWrite() throws Exception {
    long mine = claim(2, 1);
    long others = claim(3, 2);
    CountDownLatch checked = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    CompletableFuture<Boolean> write =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return database.write(
                    handle -> {
                      Map<Integer, Long> both = Map.of(2, mine, 3, others);
                      boolean inForce = ShardTokens.outdated(handle, both).isEmpty();
                      checked.countDown();
                      await(commit);
                      return inForce;
                    });
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            },
            OWN_THREAD);
    await(checked);
    CompletableFuture.runAsync(
            () -> {
              try {
                tokens.giveBack(Set.of(2, 3), 1);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            },
            OWN_THREAD)
        .get(60, TimeUnit.SECONDS);
    assertThat(number("SELECT count(*) FROM scheduler_shard WHERE member IS NULL")).isEqualTo(5);
    assertThat(number("SELECT member FROM scheduler_shard WHERE shard = 3")).isEqualTo(2);
    commit.countDown();
    assertThat(write.get(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Its lease ended and it has another one by now: its shards are those of the new number. */
  @Test
  void theNextTokensAreOfTheProcessAsItIsNow() throws SQLException {
    Map<Integer, Long> had = tokens.claim(Set.of(2, 3), 1);
    tokens.giveBack(Set.of(3), 1);
    String since =
        "SELECT CAST(extract(epoch FROM max(since)) * 1000000 AS bigint) FROM scheduler_shard";
    Map<Integer, Long> next = tokens.next(had, 7, outdated -> {});
    assertThat(next.keySet()).isEqualTo(Set.of(2, 3));
    assertThat(number("SELECT min(member) FROM scheduler_shard WHERE shard IN (2, 3)"))
        .isEqualTo(7);
    assertThat(number("SELECT count(since) FROM scheduler_shard")).isEqualTo(2);
    long at = number(since);
    tokens.next(next, 7, outdated -> {}); // nothing is taken over here
    assertThat(number(since)).isEqualTo(at);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long claim(int shard, long member) {
    try {
      return tokens.claim(Set.of(shard), member).get(shard);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until one connection of this database waits for another. */
  private void awaitWaiting() throws SQLException, InterruptedException {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '%s' AND wait_event_type = 'Lock'"
            .formatted(name);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (number(waiting) == 0) {
      assertThat(System.nanoTime()).as("a claim waits within a minute").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10); // PostgreSQL tells nobody when a session begins to wait
    }
  }

  @Test
  void leasesOfMembersExcludeNobodyAndEndForGood() throws SQLException {
    Runnable unexpected = () -> {};
    try (Lease one = Lease.ofMember(database, TIMES, PROCESS, unexpected);
        Lease other = Lease.ofMember(database, TIMES, PROCESS, unexpected)) {
      assertThat(one.token()).isNotEqualTo(other.token());
      assertThat(one.isHeld()).isTrue();
      assertThat(other.isHeld()).isTrue();
      check(one);
      check(other);
      other.close();
      assertThat(other.isHeld()).isFalse();
      check(one);
      try (MemberRow row = new MemberRow(database, Duration.ofSeconds(7))) {
        assertThat(row.renew(other.token())).isFalse();
      }
      update("UPDATE scheduler_member SET lease_until = clock_timestamp() - interval '1 second'");
      assertThatThrownBy(() -> check(one)).isInstanceOf(Ownership.NotOwned.class);
      assertThat(one.isHeld()).isFalse();
    }
  }

  @Test
  void membersThatEndedLongAgoAreForgottenUnlessTheyHaveAShard() throws SQLException {
    Lease.ofMember(database, TIMES, PROCESS, () -> {}).close();
    try (Lease with = Lease.ofMember(database, TIMES, PROCESS, () -> {})) {
      claim(0, with.token());
    }
    update("UPDATE scheduler_member SET lease_until = clock_timestamp() - interval '2 days'");
    Lease.ofMember(database, TIMES, PROCESS, () -> {}).close();
    assertThat(number("SELECT count(*) FROM scheduler_member")).isEqualTo(2);
  }

  @Test
  void aSchedulerWithoutClusterAndAClusterExcludeEachOther() throws Exception {
    try (Lease member = Lease.ofMember(database, TIMES, PROCESS, () -> {})) {
      assertThat(member.isHeld()).isTrue();
      assertThatThrownBy(() -> Lease.takeIfFree(database, TIMES, PROCESS, () -> {}))
          .isInstanceOf(OwnedElsewhere.class)
          .hasMessageContaining("another scheduler owns");
    }
    try (Lease single = Lease.takeIfFree(database, TIMES, PROCESS, () -> {})) {
      assertThat(single.isHeld()).isTrue();
      for (ThrowingCallable entering :
          List.<ThrowingCallable>of(
              () -> ClusterTables.enter(database, TERMS),
              () -> Lease.ofMember(database, TIMES, PROCESS, () -> {}))) {
        assertThatThrownBy(entering)
            .hasMessageContaining("a scheduler without cluster.name owns it");
      }
    }
    ClusterTables.enter(database, TERMS);
  }

  private void check(Lease lease) throws SQLException {
    database.write(
        handle -> {
          lease.check(handle);
          return lease;
        });
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = postgres.connect(name);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect(name);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
