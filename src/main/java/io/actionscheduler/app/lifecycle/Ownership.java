package io.actionscheduler.app.lifecycle;

import io.actionscheduler.app.parts.CallbackHost;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What this process owns during a term: the whole store, or some shards. */
interface Ownership {

  /**
   * The host of the callbacks, which are made before the store is opened, so that their settings
   * are checked first.
   */
  CallbackHost callbackHost();

  /** Opens the store; it is not owned yet. */
  Store open(Databases databases, InstantSource clock) throws StoreException;

  /**
   * Makes this process the owner, and waits until it can be.
   *
   * @param companion started while this process stands by
   * @return false when the program was asked to stop meanwhile
   * @throws OwnedElsewhere where another process is the owner, and this one does not stand by
   */
  boolean take(Store store, Companion companion, ServiceManager manager)
      throws OwnedElsewhere, StoreException, InterruptedException, IOException;

  /** The shards whose actions are this process's; empty: all actions are. */
  default Optional<ShardSet> part() {
    return Optional.empty();
  }

  /** Whether this process does what one does for all, such as removing old history. */
  default boolean isFirst() {
    return true;
  }

  /** How long fires under way may take at the end of the term. */
  default Duration toEnd(Duration shutdownTimeout) {
    return shutdownTimeout;
  }

  /** What this process does after the term until the next one begins, for people. */
  default String waiting() {
    return ServiceManager.STANDING_BY;
  }

  /** The actions fire. */
  default void ready() {}
}
