package io.actionscheduler.store;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.db.DatabaseFault;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ownership.ClusterReader;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.store.ownership.ClusterTables;
import io.actionscheduler.store.ownership.ClusterTables.Terms;
import io.actionscheduler.store.ownership.ClusterTables.WrongCluster;
import io.actionscheduler.store.ownership.Lease;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.store.ownership.Owner;
import io.actionscheduler.store.ownership.ShardOwnership;
import io.actionscheduler.store.ownership.ShardTokens;
import io.actionscheduler.text.CronReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/**
 * What the store in PostgreSQL offers to a process of a cluster: a lease, tokens for shards, and a
 * store for the shards that it has. Thread-safe.
 */
public final class ClusterStore implements AutoCloseable {
  private final DatabaseSettings at;
  private final Databases databases;
  private final Shards shards;
  private final Runnable lost;
  private final PostgresBackend database;
  private final ShardTokens tokens;
  private final ReentrantLock taking = new ReentrantLock(); // held while the database is asked
  private volatile Optional<Lease> lease = Optional.empty();
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param databases closes what is opened here; must be closed after this
   * @param lost is called, from any thread, when the lease is lost: nothing may be sent or written
   *     for any shard then
   */
  public ClusterStore(DatabaseSettings at, Databases databases, Shards shards, Runnable lost) {
    this.at = requireNonNull(at, "at is null");
    this.databases = requireNonNull(databases, "databases is null");
    this.shards = requireNonNull(shards, "shards is null");
    this.lost = requireNonNull(lost, "lost is null");
    this.database = new PostgresBackend(at, databases.postgres(at), LeaseTimes.WITH_STANDBY);
    this.tokens = new ShardTokens(database);
  }

  /** Work with the database. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Makes or updates the tables, and checks that this process fits the cluster.
   *
   * @throws StoreException when it does not, or the database is unavailable
   */
  public void enter(String cluster) throws StoreException {
    explained(
        () -> {
          ClusterTables.enter(database, new Terms(cluster, shards.count(), shards.version()));
          return cluster;
        });
  }

  /**
   * Takes the next token of each of some shards, and a lease before if this process has none.
   *
   * @return by shard
   * @throws StoreException when the database is unavailable; no token is taken then
   */
  public Map<Integer, Long> takeTokens(Set<Integer> some) throws StoreException {
    return explained(() -> tokens.claim(some, lease().token()));
  }

  /**
   * Takes the next token of each shard once more, so that writes of this process that are still
   * under way for an earlier term are refused as well.
   *
   * @param had by shard
   * @param outdated receives the shards that another process has claimed meanwhile
   * @return by shard; empty where there are such
   * @throws StoreException when the database is unavailable
   */
  public Map<Integer, Long> nextTokens(Map<Integer, Long> had, Consumer<Set<Integer>> outdated)
      throws StoreException {
    return explained(() -> tokens.next(had, lease().token(), outdated));
  }

  /**
   * Whether no other process has claimed a shard since this one took {@code token}.
   *
   * @throws StoreException when the database is unavailable
   */
  public boolean isInForce(int shard, long token) throws StoreException {
    return explained(() -> tokens.outdated(Map.of(shard, token)).isEmpty());
  }

  /**
   * Says that nobody has these shards, except those that another process claimed.
   *
   * @throws StoreException when the database is unavailable
   */
  public void giveBack(Set<Integer> some) throws StoreException {
    Optional<Lease> mine = held();
    if (mine.isPresent()) { // otherwise it ends with the lease
      explained(
          () -> {
            tokens.giveBack(some, mine.get().token());
            return some;
          });
    }
  }

  private Optional<Lease> held() {
    return lease.filter(one -> !one.isOver());
  }

  /**
   * A store that writes for some shards.
   *
   * @param held by shard
   * @param outdated receives the shards that another process has claimed, from any thread
   * @throws StoreException when this process has no lease, and cannot have one
   */
  public Store open(Map<Integer, Long> held, CronReader cron, Consumer<Set<Integer>> outdated)
      throws StoreException {
    Lease mine = explained(this::lease);
    PostgresBackend backend =
        PostgresBackend.withOwnership(
            at,
            databases.postgres(at),
            LeaseTimes.WITH_STANDBY,
            () -> new ShardOwnership(mine, held, outdated));
    return new DatabaseStore(
        backend, cron, new ShardPart(new ShardSet(shards, held.keySet()), mine.token()));
  }

  /**
   * Which processes the cluster has now, and which shards each of them has; needs no lease.
   *
   * @return empty where no process of a cluster ever used this store
   * @throws StoreException when the database is unavailable
   */
  public Optional<ClusterState> state() throws StoreException {
    return explained(() -> ClusterReader.read(database));
  }

  /** The lease of this process; whoever needs one while it is taken waits for the same. */
  private Lease lease() throws SQLException {
    taking.lock();
    try {
      Optional<Lease> present = held();
      if (present.isPresent()) {
        return present.get();
      }
      requireOpen();
      Lease taken =
          Lease.ofMember(database, LeaseTimes.WITH_STANDBY, Owner.thisProcess(Instant.EPOCH), lost);
      if (!keep(taken)) {
        taken.close();
        requireOpen();
      }
      return taken;
    } finally {
      taking.unlock();
    }
  }

  private synchronized void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLException("this process has left the cluster");
    }
  }

  /** Gives false where this was closed meanwhile. */
  private synchronized boolean keep(Lease taken) {
    if (!closed) {
      lease = Optional.of(taken);
    }
    return !closed;
  }

  private <T> T explained(Work<T> work) throws StoreException {
    try {
      return work.run();
    } catch (WrongCluster e) {
      throw StoreException.misconfigured(at.label() + ": " + e.getMessage(), e);
    } catch (SQLException | JdbiException e) {
      DatabaseFault fault = DatabaseFault.of(at, e);
      throw fault.misconfigured()
          ? StoreException.misconfigured(fault.message(), e)
          : StoreException.failing(fault.message(), e);
    }
  }

  /** Gives back the lease; one that is being taken now is given back by whoever takes it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    lease.ifPresent(Lease::close);
  }
}
