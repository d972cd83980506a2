package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ClusterStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the tokens of shards, and gives shards back, in the order in which that is asked for; what
 * is asked for meanwhile is done in one statement. Logs once that the database is unavailable,
 * however often it is tried. Thread-safe.
 */
final class ShardClaims {
  private static final Logger LOG = LoggerFactory.getLogger(ShardClaims.class);

  private final ClusterStore store;
  private final Executor thread;
  private final IntPredicate isWanted;
  private final Map<Integer, CompletableFuture<Long>> toTake = new TreeMap<>();
  private final Set<Integer> toGiveBack = new TreeSet<>();
  private volatile boolean isFailing; // changed on the thread only

  /**
   * @param thread one thread
   * @param isWanted whether the token of a shard is still wanted
   */
  ShardClaims(ClusterStore store, Executor thread, IntPredicate isWanted) {
    this.store = requireNonNull(store, "store is null");
    this.thread = requireNonNull(thread, "thread is null");
    this.isWanted = requireNonNull(isWanted, "isWanted is null");
  }

  /** Takes the next token of a shard. */
  CompletionStage<Long> take(int shard) {
    CompletableFuture<Long> token = new CompletableFuture<>();
    Optional<CompletableFuture<Long>> earlier;
    synchronized (this) {
      toGiveBack.remove(shard); // otherwise it would be given back behind this claim
      earlier = Optional.ofNullable(toTake.put(shard, token));
    }
    earlier.ifPresent(ShardClaims::revoked);
    thread.execute(this::takeAll);
    return token;
  }

  private void takeAll() {
    Map<Integer, CompletableFuture<Long>> wanted = new TreeMap<>();
    asked()
        .forEach(
            (shard, token) -> {
              if (isWanted.test(shard)) {
                wanted.put(shard, token);
              } else {
                revoked(token); // whoever has it by now must not be shut out
              }
            });
    if (wanted.isEmpty()) {
      return;
    }
    try {
      Map<Integer, Long> taken = store.takeTokens(wanted.keySet());
      if (isFailing) {
        isFailing = false;
        LOG.info("this process can claim its shards again");
      }
      wanted.forEach((shard, token) -> token.complete(taken.get(shard)));
    } catch (StoreException | RuntimeException e) {
      if (!isFailing) {
        isFailing = true;
        LOG.warn("this process cannot claim its shards, and tries again: {}", e.getMessage());
      }
      wanted.values().forEach(token -> token.completeExceptionally(e));
    }
  }

  /** Whether the last claim failed. */
  boolean areFailing() {
    return isFailing;
  }

  private synchronized Map<Integer, CompletableFuture<Long>> asked() {
    Map<Integer, CompletableFuture<Long>> all = new TreeMap<>(toTake);
    toTake.clear();
    return all;
  }

  private static void revoked(CompletableFuture<Long> token) {
    token.completeExceptionally(new IllegalStateException("the shard was revoked in the meantime"));
  }

  /** Says that nobody has a shard. */
  void giveBack(int shard) {
    synchronized (this) {
      toGiveBack.add(shard);
    }
    thread.execute(this::giveBackAll);
  }

  private void giveBackAll() {
    Set<Integer> all;
    synchronized (this) {
      all = Set.copyOf(toGiveBack);
      toGiveBack.clear();
    }
    if (all.isEmpty()) {
      return;
    }
    try {
      store.giveBack(all);
    } catch (StoreException e) {
      LOG.debug("shards {} could not be given back: {}", all, e.getMessage());
    }
  }
}
