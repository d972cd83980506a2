package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.CallbackHost;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.cluster.ShardsToSend;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The shards that a process of a cluster has during one term. */
final class ShardsOfTerm implements Ownership {
  /** What a process does that has no shards. */
  static final String WAITING = "waiting for shards";

  /** Other processes wait for the shards that a process releases. */
  private static final Duration TO_RELEASE = Duration.ofSeconds(5);

  private final Exit exit;
  private final ShardsToSend shards;
  private final Opening opening;
  private final Runnable ready;
  private volatile BooleanSupplier isOwner = () -> false; // until the store is opened

  /** Opens the store for these shards. */
  @FunctionalInterface
  interface Opening {
    Store open() throws StoreException;
  }

  /**
   * @param ready runs when the actions fire
   */
  ShardsOfTerm(Exit exit, ShardsToSend shards, Opening opening, Runnable ready) {
    this.exit = requireNonNull(exit, "exit is null");
    this.shards = requireNonNull(shards, "shards is null");
    this.opening = requireNonNull(opening, "opening is null");
    this.ready = requireNonNull(ready, "ready is null");
  }

  @Override
  public CallbackHost callbackHost() {
    return new CallbackHost(
        exit::fail, exit::drop, () -> isOwner.getAsBoolean(), Optional.of(shards));
  }

  @Override
  public Store open(Databases databases, InstantSource clock) throws StoreException {
    Store store = opening.open();
    isOwner = store::isOwned;
    return store;
  }

  @Override
  public boolean take(Store store, Companion companion, ServiceManager manager)
      throws OwnedElsewhere, StoreException, InterruptedException {
    return new WaitAtStart(exit).until(() -> store.own(() -> {}));
  }

  @Override
  public Optional<ShardSet> part() {
    return Optional.of(shards.own());
  }

  /** The owner of the first shard does what one process does for all. */
  @Override
  public boolean isFirst() {
    return shards.numbers().contains(0);
  }

  @Override
  public Duration toEnd(Duration shutdownTimeout) {
    return shutdownTimeout.compareTo(TO_RELEASE) < 0 ? shutdownTimeout : TO_RELEASE;
  }

  @Override
  public String waiting() {
    return WAITING;
  }

  @Override
  public void ready() {
    ready.run();
  }
}
