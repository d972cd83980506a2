package io.actionscheduler.store;

import static io.actionscheduler.store.Samples.NOON;
import static io.actionscheduler.store.Samples.action;
import static io.actionscheduler.store.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes of a cluster on one store. */
@ExtendWith(SharedPostgres.class)
class ClusterStoreTest {
  /** Action 1 is in shard 1, action 4 in shard 0. */
  private static final Shards SHARDS = new Shards(2, Shards.VERSION);

  private static final Consumer<Set<Integer>> UNEXPECTED =
      shards -> {
        throw new AssertionError("outdated: " + shards);
      };

  private final List<AutoCloseable> opened = new ArrayList<>();
  private DatabaseSettings at;
  private ClusterStore one;
  private ClusterStore other;

  @BeforeEach
  void enter(TestPostgres postgres) throws Exception {
    at = postgres.settings("internal_db", postgres.createDatabase());
    one = process();
    other = process();
  }

  private ClusterStore process() throws StoreException {
    Databases databases = new Databases(List.of(at));
    opened.add(0, databases);
    ClusterStore process = new ClusterStore(at, databases, SHARDS, () -> {});
    opened.add(0, process);
    process.enter("billing");
    return process;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private Store store(ClusterStore process, Map<Integer, Long> tokens, Consumer<Set<Integer>> told)
      throws Exception {
    Store store = process.open(tokens, Samples.CRON, told);
    opened.add(0, store);
    store.own(() -> {});
    return store;
  }

  private static Recording recording(long number, Progress... progress) {
    return new Recording(number, List.of(progress), List.of(), List.of(), List.of(), List.of());
  }

  private static Map<String, Instant> settled(Store store) throws StoreException {
    Map<String, Instant> settled = new HashMap<>();
    store.readProgress(
        IdScope.ALL, kept -> settled.put(kept.key().action().text(), kept.settledUntil()));
    return settled;
  }

  @Test
  void theSampleActionsAreInDifferentShards() {
    assertThat(List.of(SHARDS.of(1), SHARDS.of(4))).containsExactly(1, 0);
  }

  @Test
  void eachWritesForItsOwnShardsAndNumbersItsOwnWrites() throws Exception {
    Store mine = store(one, one.takeTokens(Set.of(1)), UNEXPECTED);
    Store its = store(other, other.takeTokens(Set.of(0)), UNEXPECTED);
    mine.record(recording(1, progress("1", NOON)));
    its.record(recording(1, progress("4", NOON)));
    mine.record(recording(2, progress("1", NOON.plusSeconds(1))));
    mine.record(recording(2, progress("1", NOON.plusSeconds(9)))); // comes again: changes nothing
    assertThat(settled(its)).isEqualTo(Map.of("1", NOON.plusSeconds(1), "4", NOON));
  }

  @Test
  void whoseShardWasClaimedWritesNothingMoreAndHearsWhich() throws Exception {
    Set<Integer> told = new HashSet<>();
    Map<Integer, Long> tokens = one.takeTokens(Set.of(0, 1));
    Store mine = store(one, tokens, told::addAll);
    mine.record(recording(1, progress("1", NOON), progress("4", NOON)));
    Store its = store(other, other.takeTokens(Set.of(0)), UNEXPECTED);
    assertThatThrownBy(() -> mine.record(recording(2, progress("1", NOON.plusSeconds(1)))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another process has claimed the shards [0]");
    assertThat(told).containsExactly(0);
    assertThat(mine.isOwned()).isFalse();
    assertThat(settled(its)).isEqualTo(Map.of("1", NOON, "4", NOON));
  }

  @Test
  void aNewTermStopsWhatIsStillUnderWayInTheOneBefore() throws Exception {
    Set<Integer> told = new HashSet<>();
    Map<Integer, Long> tokens = one.takeTokens(Set.of(1));
    Store before = store(one, tokens, told::addAll);
    Map<Integer, Long> next = one.nextTokens(tokens, UNEXPECTED);
    store(one, next, UNEXPECTED).record(recording(1, progress("1", NOON)));
    assertThatThrownBy(() -> before.record(recording(2, progress("1", NOON.minusSeconds(1)))))
        .isInstanceOf(StoreException.class);
    Set<Integer> outdated = new HashSet<>();
    other.takeTokens(Set.of(1));
    assertThat(one.nextTokens(next, outdated::addAll)).isEmpty();
    assertThat(outdated).containsExactly(1);
  }

  private static Run run(long action, int second) {
    Instant at = NOON.plusSeconds(second);
    return new Run(
        new ProgressKey(ActionId.of(action), "kafka"),
        "report",
        Stretch.of(at),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(at),
        at,
        1,
        0,
        "",
        "");
  }

  private static Recording recording(long number, List<Run> runs) {
    return new Recording(number, List.of(), List.of(), List.of(), List.of(), runs);
  }

  private static List<Instant> history(Store store, long action) throws StoreException {
    return store.history(Filter.of(ActionId.of(action)), Long.MAX_VALUE, 100_000).stream()
        .map(entry -> entry.run().fires().first())
        .sorted()
        .toList();
  }

  private static List<Instant> seconds(int from, int to) {
    return IntStream.range(from, to).mapToObj(NOON::plusSeconds).toList();
  }

  /** Each keeps the block that is not full yet in memory, and reads what the other one added. */
  @Test
  void twoThatWriteHistoryInTurnFindAllOfItAndIndexBlocksThatTheyFillTogether() throws Exception {
    Store mine = store(one, one.takeTokens(Set.of(1)), UNEXPECTED);
    Store its = store(other, other.takeTokens(Set.of(0)), UNEXPECTED);
    int block = 1 << HistoryBlocks.BITS;
    List<Run> many = IntStream.range(2, block - 2).mapToObj(second -> run(1, second)).toList();
    mine.record(recording(1, List.of(run(1, 0), run(1, 1))));
    its.record(recording(1, List.of(run(4, 0))));
    assertThat(history(mine, 4)).isEqualTo(seconds(0, 1));
    mine.record(recording(2, many));
    its.record(recording(2, List.of(run(4, 1), run(4, 2), run(4, 3)))); // two of them fill it
    mine.record(recording(3, List.of(run(1, block - 2))));
    its.record(recording(3, List.of(run(4, 4))));
    for (Store each : List.of(mine, its)) {
      assertThat(history(each, 1)).isEqualTo(seconds(0, block - 1));
      assertThat(history(each, 4)).isEqualTo(seconds(0, 5));
    }
  }

  @Test
  void theReadingThatCountsIsTheOldestOfItsShardsAndTheSnapshotIsItsPart() throws Exception {
    Map<Integer, Long> both = one.takeTokens(Set.of(0, 1));
    Store all = store(one, both, UNEXPECTED);
    assertThat(all.snapshotReadAt("table")).isEmpty();
    List<Action> actions =
        List.of(action("1", "* * * * *", "UTC"), action("4", "* * * * *", "UTC"));
    all.saveSnapshot("table", actions, List.of());
    all.snapshotTaken("table", NOON);
    Store its = store(other, other.takeTokens(Set.of(0)), UNEXPECTED);
    its.snapshotTaken("table", NOON.plusSeconds(5));
    List<String> read = new ArrayList<>();
    its.readSnapshot("table", action -> read.add(action.id().text()));
    assertThat(read).containsExactly("4");
    assertThat(its.snapshotReadAt("table")).contains(NOON.plusSeconds(5));
    Store further = store(other, other.takeTokens(Set.of(0, 1)), UNEXPECTED);
    assertThat(further.snapshotReadAt("table")).contains(NOON);
  }

  @Test
  void theStateNamesTheProcessesAndTheirShards() throws Exception {
    assertThat(one.state().orElseThrow().withoutOwner()).hasSize(2);
    long token = one.takeTokens(Set.of(1)).get(1);
    ClusterState state = other.state().orElseThrow();
    assertThat(state.name()).isEqualTo("billing");
    assertThat(state.members()).singleElement().matches(ClusterState.Member::isAlive);
    assertThat(state.of(state.members().get(0)))
        .singleElement()
        .satisfies(
            shard -> {
              assertThat(shard.shard()).isEqualTo(1);
              assertThat(shard.token()).isEqualTo(token);
            });
    assertThat(state.withoutOwner()).extracting(ClusterState.OwnedShard::shard).containsExactly(0);
    assertThat(state.lastTaken()).isPresent();

    one.close();
    ClusterState after = other.state().orElseThrow();
    assertThat(after.members()).singleElement().matches(member -> !member.isAlive());
    assertThat(after.withoutOwner()).hasSize(2);
  }

  @Test
  void onlyTheOwnerOfTheFirstShardStoresWhatIsStoredOnce() throws Exception {
    Store first = store(one, one.takeTokens(Set.of(0)), UNEXPECTED);
    first.keepOutages(List.of(new Outage("hook", NOON, "refused")), NOON);
    store(other, other.takeTokens(Set.of(1)), UNEXPECTED).record(recording(1, progress("1", NOON)));
    assertThat(first.outages()).hasSize(1); // which the other one knows nothing of
  }

  @Test
  void aRunningProcessIsTheOwnerForCommands() throws Exception {
    Store mine = store(one, one.takeTokens(Set.of(1)), UNEXPECTED);
    assertThat(mine.owner().orElseThrow().pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void tablesThatHaveToBeUpdatedWaitForProcessesOfAnEarlierVersion() throws Exception {
    one.takeTokens(Set.of(1)); // it runs
    try (Databases databases = new Databases(List.of(at))) {
      new PostgresBackend(at, databases.postgres(at), LeaseTimes.WITH_STANDBY)
          .write(handle -> handle.execute("UPDATE scheduler_schema SET version = version - 1"));
    }
    assertThatThrownBy(() -> other.enter("billing"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("processes of an earlier version still run, such as pid ");
  }

  /** As one that is suspended inside a write, or cut off from the server. */
  @Test
  void aProcessThatStandsStillInAWriteKeepsNobodyWaiting() throws Exception {
    LeaseTimes times =
        new LeaseTimes(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(300));
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch locked = new CountDownLatch(1);
    ExecutorService thread = Daemons.worker("stands still");
    try (Databases databases = new Databases(List.of(at))) {
      PostgresBackend database = new PostgresBackend(at, databases.postgres(at), times);
      Future<Integer> still =
          thread.submit(
              () ->
                  database.write(
                      handle -> {
                        database.lockHistory(handle);
                        locked.countDown();
                        awaitUninterrupted(end);
                        return handle.execute("SELECT 1");
                      }));
      assertThat(locked.await(60, TimeUnit.SECONDS)).isTrue();
      database.write(
          handle -> {
            database.lockHistory(handle); // which waits until the server has ended the other
            return handle;
          });
      end.countDown();
      assertThatThrownBy(still::get).hasRootCauseInstanceOf(SQLException.class);
    } finally {
      thread.shutdownNow();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
