package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.cluster.OwnShards;
import io.actionscheduler.cluster.Shard;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.store.ClusterStore;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The terms of a process with three shards, whose tokens are in PostgreSQL. */
@ExtendWith(SharedPostgres.class)
class ShardTermsTest {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final Shards SHARDS = new Shards(3, Shards.VERSION);

  private final BlockingQueue<String> dropped = new LinkedBlockingQueue<>();
  private final ExecutorService claims = Daemons.worker("claims");
  private final ExecutorService thread = Daemons.worker("cluster");
  private final Exit exit = new Exit();
  private TestPostgres postgres;
  private String database;
  private Databases databases;
  private ClusterStore store;
  private ClusterStore other; // of another process
  private ShardTerms terms;
  private OwnShards own;

  @BeforeEach
  void enter(TestPostgres postgres) throws Exception {
    this.postgres = postgres;
    database = postgres.createDatabase();
    DatabaseSettings at = postgres.settings("internal_db", database);
    databases = new Databases(List.of(at));
    store = new ClusterStore(at, databases, SHARDS, () -> {});
    store.enter("billing");
    other = new ClusterStore(at, databases, SHARDS, () -> {});
    terms = new ShardTerms(store, claims);
    own = new OwnShards(SHARDS.count(), terms, thread, dropped::add);
    terms.use(own);
  }

  @AfterEach
  void close() throws Exception {
    thread.shutdown();
    claims.shutdown();
    assertThat(claims.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    other.close();
    store.close();
    databases.close();
  }

  /** A term that fires for these shards. */
  private Map<Integer, Long> begin(Exit exit, Set<Integer> shards) throws Exception {
    own.assigned(shards);
    assertThat(terms.await(exit, PATIENCE_MILLIS)).isTrue();
    Map<Integer, Long> tokens = terms.begin(exit);
    terms.ready();
    assertThat(tokens.keySet()).isEqualTo(shards);
    return tokens;
  }

  private static void await(CompletableFuture<?> state) throws Exception {
    state.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Map<Integer, Shard.State> states() throws Exception {
    return own.states().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void aShardThatComesEndsTheTermInOrderAndTheNextHasNewTokensOfAll() throws Exception {
    Map<Integer, Long> first = begin(exit, Set.of(0));
    assertThat(states()).isEqualTo(Map.of(0, Shard.State.FIRING));

    own.assigned(Set.of(0, 2));
    await(exit.asked());
    assertThat(exit.continues()).isTrue();
    assertThat(exit.isDropped()).isFalse();

    terms.ended();
    Exit next = new Exit();
    assertThat(terms.await(next, PATIENCE_MILLIS)).isTrue();
    Map<Integer, Long> second = terms.begin(next);
    assertThat(second.keySet()).isEqualTo(Set.of(0, 2));
    assertThat(second.get(0)).isGreaterThan(first.get(0));
    terms.ready();
    assertThat(states()).isEqualTo(Map.of(0, Shard.State.FIRING, 2, Shard.State.FIRING));
    assertThat(next.isAsked()).isFalse();
    assertThat(dropped).isEmpty();
  }

  @Test
  void aShardIsReleasedOnlyOnceTheTermThatHadItHasEnded() throws Exception {
    begin(exit, Set.of(0, 1));
    CompletableFuture<Void> released = own.revoked(Set.of(1)).toCompletableFuture();
    await(exit.asked());
    assertThat(exit.isDropped()).isFalse();
    assertThat(states()).containsEntry(1, Shard.State.DRAINING);
    assertThat(released).isNotDone();

    terms.ended();
    await(released);
    assertThat(states()).isEqualTo(Map.of(0, Shard.State.FIRING));
    Exit next = new Exit();
    assertThat(terms.await(next, PATIENCE_MILLIS)).isTrue();
    assertThat(terms.begin(next).keySet()).isEqualTo(Set.of(0));
  }

  @Test
  void aShardThatAnotherProcessClaimedDropsTheTermAndIsBackOnlyAfterAProof() throws Exception {
    begin(exit, Set.of(0, 1));
    other.takeTokens(Set.of(1));
    terms.outdated(exit, Set.of(1));
    await(exit.asked());
    assertThat(exit.isDropped()).isTrue();
    assertThat(dropped.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .isEqualTo("shard 1: another process has claimed it");
    assertThat(states()).isEqualTo(Map.of(0, Shard.State.FIRING, 1, Shard.State.DROPPED));

    terms.ended();
    Exit next = new Exit();
    assertThat(terms.await(next, PATIENCE_MILLIS)).isTrue();
    assertThat(terms.begin(next).keySet()).isEqualTo(Set.of(0)); // and not 1

    own.assigned(Set.of(0, 1)); // the proof
    await(next.asked());
    assertThat(next.isDropped()).isFalse();
  }

  @Test
  void aShardWhoseProducerIsShutOutDropsTheTermAndIsBackOnlyAfterAProof() throws Exception {
    Map<Integer, Long> first = begin(exit, Set.of(0, 1));
    terms.shutOut(exit, 1, "kafka: another process took over");
    await(exit.asked());
    assertThat(exit.isDropped()).isTrue();
    assertThat(exit.continues()).isTrue(); // the process does
    assertThat(dropped.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .isEqualTo("shard 1: kafka: another process took over");
    assertThat(states()).isEqualTo(Map.of(0, Shard.State.FIRING, 1, Shard.State.DROPPED));

    terms.ended();
    Exit next = new Exit();
    assertThat(terms.await(next, PATIENCE_MILLIS)).isTrue();
    assertThat(terms.begin(next).keySet()).isEqualTo(Set.of(0)); // and not 1
    own.assigned(Set.of(0, 1)); // the proof
    await(next.asked());
    assertThat(token(1)).isGreaterThan(first.get(1));
  }

  /**
   * Its store finds tokens that the next term has taken, and its producer is one that it closed.
   */
  @Test
  void whatATermLeftBehindDoesNotDropTheNextOne() throws Exception {
    begin(exit, Set.of(0, 1));
    own.assigned(Set.of(0, 1, 2));
    await(exit.asked());
    terms.ended();
    Exit next = new Exit();
    assertThat(terms.await(next, PATIENCE_MILLIS)).isTrue();
    terms.begin(next);
    terms.ready();
    terms.outdated(exit, Set.of(0, 1));
    terms.shutOut(exit, 0, "kafka: another process took over");
    assertThat(states().values()).containsOnly(Shard.State.FIRING); // behind what was told
    assertThat(next.isAsked()).isFalse();
    assertThat(dropped).isEmpty();
    terms.outdated(next, Set.of(1));
    assertThat(next.isDropped()).isTrue();
  }

  @Test
  void aTermBeginsWithTheShardsThatAreThereWhenAnotherOneTakesLong() throws Exception {
    begin(exit, Set.of(0));
    CountDownLatch free = new CountDownLatch(1);
    claims.execute(
        () -> {
          try {
            assertThat(free.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    own.assigned(Set.of(0, 1));
    assertThat(states()).containsEntry(1, Shard.State.CLAIMING);
    assertThat(terms.await(exit, 1)).isTrue();
    free.countDown();
  }

  @Test
  void aTokenIsInForceUntilAnotherProcessClaimsTheShard() throws Exception {
    long token = begin(exit, Set.of(0, 1)).get(1);
    assertThat(store.isInForce(1, token)).isTrue();
    other.takeTokens(Set.of(0));
    assertThat(store.isInForce(1, token)).isTrue();
    other.takeTokens(Set.of(1));
    assertThat(store.isInForce(1, token)).isFalse();
  }

  @Test
  void aTermThatBeginsAfterAnotherProcessClaimedAShardBeginsWithout() throws Exception {
    own.assigned(Set.of(0, 1));
    assertThat(terms.await(exit, PATIENCE_MILLIS)).isTrue();
    other.takeTokens(Set.of(1));
    assertThat(terms.begin(exit)).isEmpty();
    assertThat(exit.isDropped()).isTrue();
    assertThat(dropped.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).startsWith("shard 1: ");
  }

  @Test
  void aLostLeaseDropsTheTermAndAllShards() throws Exception {
    begin(exit, Set.of(0, 1));
    terms.lost();
    await(exit.asked());
    assertThat(exit.isDropped()).isTrue();
    assertThat(dropped.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .contains("the lease of this process is lost");
    assertThat(states().values()).containsOnly(Shard.State.DROPPED);
  }

  @Test
  void aLostMembershipDropsTheTerm() throws Exception {
    begin(exit, Set.of(0, 1));
    own.lost(Set.of(0, 1));
    await(exit.asked());
    assertThat(exit.isDropped()).isTrue();
    assertThat(states().values()).containsOnly(Shard.State.DROPPED); // both of them by now
    terms.ended();
    assertThat(terms.await(new Exit(), 1)).isFalse();
  }

  @Test
  void aStopEndsTheWaitForShards() throws Exception {
    CompletableFuture<Boolean> waits = new CompletableFuture<>();
    Thread thread =
        Daemons.named("waits")
            .newThread(
                () -> {
                  try {
                    waits.complete(terms.await(exit, Long.MAX_VALUE / 1_000_000));
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    exit.stop("the test");
    assertThat(waits.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** While something else is done, claims come together. */
  @Test
  void shardsThatAreAssignedTogetherAreClaimedInOneStatement() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    claims.execute(
        () -> {
          try {
            assertThat(free.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    own.assigned(Set.of(0, 1, 2));
    states(); // it is done behind the assignment
    free.countDown();
    assertThat(terms.await(exit, PATIENCE_MILLIS)).isTrue();
    assertThat(number("SELECT count(DISTINCT xmin::text) FROM scheduler_shard")).isEqualTo(1);
    assertThat(number("SELECT count(member) FROM scheduler_shard")).isEqualTo(3);

    await(own.revoked(Set.of(0, 1, 2)).toCompletableFuture());
    claims.submit(() -> {}).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); // behind giving back
    assertThat(number("SELECT count(member) FROM scheduler_shard")).isZero();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void claimsThatFailAreLoggedOnceUntilOneSucceeds() throws Exception {
    try (Logged log = Logged.of(ShardClaims.class)) {
      change("ALTER TABLE scheduler_shard RENAME TO elsewhere");
      for (int i = 0; i < 3; i++) {
        await(terms.takeToken(0).toCompletableFuture().handle((token, fault) -> null));
      }
      assertThat(log.lines())
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("this process cannot claim its shards, and tries again: internal_db ");
      log.clear();
      change("ALTER TABLE elsewhere RENAME TO scheduler_shard");
      for (int i = 0; i < 2; i++) {
        await(terms.takeToken(0).toCompletableFuture());
      }
      assertThat(log.lines()).containsExactly("this process can claim its shards again");
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long token(int shard) throws Exception {
    return store.state().orElseThrow().shards().stream()
        .filter(one -> one.shard() == shard)
        .findFirst()
        .orElseThrow()
        .token();
  }

  /** It waited behind other claims; another process may have the shard by then. */
  @Test
  void aClaimThatIsNoLongerWantedTakesNoToken() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    claims.execute(
        () -> {
          try {
            assertThat(free.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    long before = token(1);
    own.assigned(Set.of(1));
    await(own.revoked(Set.of(1)).toCompletableFuture());
    free.countDown();
    claims.submit(() -> {}).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); // behind the claim
    assertThat(token(1)).isEqualTo(before);
  }
}
