package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.cluster.Membership;
import io.actionscheduler.cluster.OwnShards;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.cluster.ShardsToSend;
import io.actionscheduler.cluster.kafka.GroupSettings;
import io.actionscheduler.cluster.kafka.KafkaMembership;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ClusterStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of a cluster, from its start to its end: it has one term after the other, each with the
 * shards that it has by then.
 */
final class ClusterProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterProcess.class);
  private static final Duration PROVE_AFTER = Duration.ofSeconds(1);
  private static final Duration LAST_CLAIMS = Duration.ofSeconds(2);

  /** A process that has no shards for longer than this reports so. */
  private static final Duration WITHOUT_SHARDS = Duration.ofSeconds(3);

  private final Settings settings;
  private final Companion companion;
  private final ServiceManager manager;
  private final Databases databases;
  private final ClusterStore store;
  private final Shards shards = Shards.standard();
  private final ScheduledExecutorService thread = Daemons.timer("cluster");
  private final ExecutorService claims = Daemons.worker("cluster-claims");
  private final ShardTerms terms;
  private final OwnShards own;
  private final AtomicBoolean isInDoubt = new AtomicBoolean(); // until the next term begins
  private volatile Optional<Membership> membership = Optional.empty(); // until it joins
  private volatile Exit current = new Exit();

  /** Runs one term. */
  @FunctionalInterface
  interface TermRun {
    /** Runs it until {@code exit} asks for the end; gives the exit code. */
    int run(Ownership ownership, Exit exit)
        throws InterruptedException,
            InvalidConfig,
            OwnedElsewhere,
            StoreException,
            SourceException,
            IOException;
  }

  /** Connects to nothing yet. */
  ClusterProcess(Settings settings, Companion companion, ServiceManager manager) {
    this.settings = requireNonNull(settings, "settings is null");
    this.companion = requireNonNull(companion, "companion is null");
    this.manager = requireNonNull(manager, "manager is null");
    this.databases = new Databases(List.of(settings.internalDb().orElseThrow()));
    this.store =
        new ClusterStore(settings.internalDb().orElseThrow(), databases, shards, this::lost);
    this.terms = new ShardTerms(store, this::onClaims);
    this.own = new OwnShards(shards.count(), terms, this::onThread, this::dropped);
    terms.use(own);
  }

  /** A defect in there ends the program: nobody else would notice it. */
  private void onThread(Runnable work) {
    thread.execute(() -> current.guarded("deciding which shards this process has", work).run());
  }

  private void onClaims(Runnable work) {
    claims.execute(() -> current.guarded("claiming shards", work).run());
  }

  private void lost() {
    terms.lost();
  }

  private void dropped(String why) {
    // Once, however often the group is asked; a fault of the database is logged where it is found.
    if (isInDoubt.compareAndSet(false, true) && !terms.cannotClaim()) {
      LOG.warn("{}; this process asks the group which shards it should have", why);
    } else {
      LOG.debug("{}; this process asks the group again", why);
    }
    thread.schedule(
        () ->
            current
                .guarded("asking the group", () -> membership.ifPresent(Membership::prove))
                .run(),
        PROVE_AFTER.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Joins the cluster, and runs terms until the program is asked to stop or cannot continue.
   *
   * @return the exit code
   */
  int run(Stops stops, TermRun term)
      throws InterruptedException,
          InvalidConfig,
          OwnedElsewhere,
          StoreException,
          SourceException,
          IOException {
    Exit exit = begin(stops);
    Settings.Cluster cluster = settings.cluster().orElseThrow();
    if (!new WaitAtStart(exit).until(() -> store.enter(cluster.name()))) {
      return exit.await();
    }
    membership = Optional.of(KafkaMembership.join(group(cluster), shards.count(), own));
    int worst = 0; // of terms that ended in order
    while (awaitShards(exit)) {
      int code = run(term, exit);
      if (!exit.continues()) {
        return Math.max(worst, code);
      }
      worst = exit.isDropped() ? worst : Math.max(worst, code);
      exit = begin(stops);
    }
    return Math.max(worst, exit.await());
  }

  private Exit begin(Stops stops) {
    current = stops.next();
    return current;
  }

  private GroupSettings group(Settings.Cluster cluster) {
    return new GroupSettings(
        cluster.name(),
        cluster.decidedByBroker()
            ? GroupSettings.Protocol.CONSUMER
            : GroupSettings.Protocol.CLASSIC,
        GroupSettings.Times.STANDARD,
        GroupSettings.connection(cluster.kafka()));
  }

  private boolean awaitShards(Exit exit) throws InterruptedException, IOException {
    if (terms.await(exit, WITHOUT_SHARDS.toMillis()) || exit.isAsked()) {
      return !exit.isAsked();
    }
    LOG.info("this process has no shards now, and waits for some");
    manager.waiting(ShardsOfTerm.WAITING);
    try (Companion.Started beside = companion.standBy(settings, this::status)) {
      return terms.await(exit, Long.MAX_VALUE / 1_000_000);
    }
  }

  private StandbyStatus status() {
    return new StandbyStatus(Optional.empty(), membership.flatMap(Membership::problem));
  }

  private int run(TermRun term, Exit exit)
      throws InterruptedException,
          InvalidConfig,
          OwnedElsewhere,
          StoreException,
          SourceException,
          IOException {
    try {
      Map<Integer, Long> tokens = begin(exit);
      if (tokens.isEmpty() || exit.isAsked()) {
        return exit.await(); // others took some of them, or more came: a new term begins
      }
      isInDoubt.set(false);
      LOG.info("this process has {} of {} shards", tokens.size(), shards.count());
      return term.run(ownership(tokens, exit), exit);
    } catch (StoreException e) {
      if (e.isMisconfigured()) {
        throw e;
      }
      return exit.dropAfter(e);
    } finally {
      terms.ended();
    }
  }

  /** The tokens of the term; empty where it ended while the database was unavailable. */
  private Map<Integer, Long> begin(Exit exit)
      throws StoreException, OwnedElsewhere, InterruptedException {
    AtomicReference<Map<Integer, Long>> tokens = new AtomicReference<>(Map.of());
    new WaitAtStart(exit).until(() -> tokens.set(terms.begin(exit)));
    return tokens.get();
  }

  private Ownership ownership(Map<Integer, Long> tokens, Exit exit) {
    return new ShardsOfTerm(
        exit,
        new ShardsToSend(
            new ShardSet(shards, tokens.keySet()),
            shard -> isInForce(shard, tokens.get(shard)),
            (shard, why) -> terms.shutOut(exit, shard, why)),
        () ->
            store.open(tokens, CronReaders.of(settings), claimed -> terms.outdated(exit, claimed)),
        terms::ready);
  }

  private boolean isInForce(int shard, long token) {
    try {
      return store.isInForce(shard, token);
    } catch (StoreException e) {
      LOG.debug("shard {}: its token cannot be read: {}", shard, e.getMessage());
      return false;
    }
  }

  /** Releases all shards, and leaves the group. */
  @Override
  public void close() {
    membership.ifPresent(Membership::close);
    thread.shutdown();
    claims.shutdown(); // shards that are being given back are still given back
    try {
      claims.awaitTermination(LAST_CLAIMS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    claims.shutdownNow();
    store.close();
    databases.close();
  }
}
