package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.Claim;
import io.actionscheduler.cluster.OwnShards;
import io.actionscheduler.cluster.ShardWork;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.store.ClusterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decides which shards the present term has: whenever shards come or go, the term ends in order and
 * the next one begins with what is there by then. Thread-safe.
 */
final class ShardTerms implements ShardWork {
  private final ClusterStore store;
  private final ShardClaims claims;
  private final Set<Integer> claiming = new HashSet<>();
  private final Map<Integer, Claim> open = new TreeMap<>(); // that the next term has
  private final Map<Integer, Long> tokens = new HashMap<>(); // the latest of each
  private final Map<Integer, CompletableFuture<Void>> opening = new HashMap<>();
  private final Map<Integer, CompletableFuture<Void>> draining = new HashMap<>();
  private Optional<Running> current = Optional.empty();
  private OwnShards own; // set once, before anything is assigned

  /**
   * A term.
   *
   * @param claims of its shards, as they were when it began
   */
  private record Running(Map<Integer, Claim> claims, Exit exit) {
    Set<Integer> shards() {
      return claims.keySet();
    }
  }

  /**
   * @param thread one thread, for what waits for the database
   */
  ShardTerms(ClusterStore store, Executor thread) {
    this.store = requireNonNull(store, "store is null");
    this.claims = new ShardClaims(store, thread, this::isWanted);
  }

  synchronized void use(OwnShards shards) {
    own = requireNonNull(shards, "shards is null");
  }

  // ---- the terms

  /**
   * Waits until this process has shards, and no further shard is being claimed.
   *
   * @param most the longest wait, in milliseconds; then the shards that are there are enough
   * @return false if there are none by then, or {@code exit} asks for the end
   */
  synchronized boolean await(Exit exit, long most) throws InterruptedException {
    exit.asked().thenRun(this::wake);
    long end = System.nanoTime() + most * 1_000_000;
    while (!exit.isAsked() && (open.isEmpty() || !claiming.isEmpty())) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return !open.isEmpty();
      }
      wait(left);
    }
    return !exit.isAsked();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /**
   * Begins a term with all shards that are there.
   *
   * @return the token of each; empty where another process has claimed some of them
   * @throws StoreException when the database is unavailable
   */
  Map<Integer, Long> begin(Exit exit) throws StoreException {
    Map<Integer, Long> had = new TreeMap<>();
    synchronized (this) {
      open.keySet().forEach(shard -> had.put(shard, tokens.get(shard)));
      current = Optional.of(new Running(Map.copyOf(open), exit));
    }
    if (had.isEmpty()) { // the last of them went meanwhile
      exit.again("this process has no shards now");
      return had;
    }
    Map<Integer, Long> next = store.nextTokens(had, shards -> outdated(exit, shards));
    synchronized (this) {
      // Not that of a shard that was lost and claimed again meanwhile.
      next.forEach((shard, token) -> tokens.replace(shard, had.get(shard), token));
    }
    return next;
  }

  /** The shards of the term fire; those that came since then wait for the next one. */
  void ready() {
    List<CompletableFuture<Void>> fire = new ArrayList<>();
    synchronized (this) {
      current.ifPresent(
          term ->
              term.shards()
                  .forEach(
                      shard -> Optional.ofNullable(opening.remove(shard)).ifPresent(fire::add)));
    }
    fire.forEach(one -> one.complete(null));
  }

  /** The term that began last has ended, and what was under way in it is recorded or dropped. */
  void ended() {
    List<CompletableFuture<Void>> drained;
    synchronized (this) {
      current = Optional.empty();
      drained = List.copyOf(draining.values());
      draining.clear();
    }
    drained.forEach(one -> one.complete(null));
  }

  /**
   * Other processes have claimed some shards. Does nothing after the end of the term that found it:
   * a write that a term left behind is refused because of the tokens of the next one, which finds
   * out itself what other processes have claimed.
   *
   * @param of the exit of the term
   */
  void outdated(Exit of, Set<Integer> shards) {
    failed(of, shards, "another process has claimed it");
  }

  /**
   * Another process has shut out the producer with which a term delivered for a shard. Does nothing
   * after the end of that term.
   *
   * @param of the exit of the term
   */
  void shutOut(Exit of, int shard, String why) {
    failed(of, Set.of(shard), why);
  }

  private void failed(Exit of, Set<Integer> shards, String why) {
    Map<Integer, Claim> failed = new TreeMap<>();
    synchronized (this) {
      current.filter(term -> term.exit() == of).ifPresent(term -> failed.putAll(term.claims()));
    }
    failed.keySet().retainAll(shards);
    if (!failed.isEmpty()) {
      of.drop("shards " + failed.keySet() + ": " + why);
      failed.values().forEach(claim -> own.failed(claim, new IllegalStateException(why)));
    }
  }

  /** The lease of this process is lost. */
  void lost() {
    List<Claim> all;
    Optional<Running> term;
    synchronized (this) {
      all = List.copyOf(open.values());
      term = current;
    }
    String why = "the lease of this process is lost";
    term.ifPresent(one -> one.exit().drop(why));
    all.forEach(claim -> own.failed(claim, new IllegalStateException(why)));
  }

  // ---- what the states of shards ask for

  @Override
  public CompletionStage<Long> takeToken(int shard) {
    synchronized (this) {
      claiming.add(shard);
    }
    return claims.take(shard);
  }

  /** Whether the last claim of shards failed, which is logged. */
  boolean cannotClaim() {
    return claims.areFailing();
  }

  private synchronized boolean isWanted(int shard) {
    return claiming.contains(shard);
  }

  /** The next term does so, after it has taken the next token of each of its shards. */
  @Override
  public CompletionStage<Void> shutOut(Claim claim) {
    return CompletableFuture.completedStage(null);
  }

  /** The next term reads what is stored, and then what is committed. */
  @Override
  public CompletionStage<Void> recall(Claim claim) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> open(Claim claim) {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    Runnable next;
    synchronized (this) {
      open.put(claim.shard(), claim);
      tokens.put(claim.shard(), claim.token());
      opening.put(claim.shard(), opened);
      claiming.remove(claim.shard());
      next = changed();
    }
    next.run();
    return opened;
  }

  @Override
  public CompletionStage<Void> drain(Claim claim) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    Runnable next;
    synchronized (this) {
      open.remove(claim.shard());
      opening.remove(claim.shard());
      if (current.filter(term -> term.shards().contains(claim.shard())).isEmpty()) {
        return CompletableFuture.completedStage(null);
      }
      draining.put(claim.shard(), drained);
      next = changed();
    }
    next.run();
    return drained;
  }

  @Override
  public void discard(int shard) {
    Optional<Running> term;
    Runnable next;
    synchronized (this) {
      claiming.remove(shard);
      open.remove(shard);
      opening.remove(shard);
      term = current.filter(one -> one.shards().contains(shard));
      next = changed();
    }
    term.ifPresent(one -> one.exit().drop("shard " + shard + " may belong to another process now"));
    next.run();
  }

  @Override
  public void giveBack(Claim claim) {
    claims.giveBack(claim.shard());
  }

  /**
   * Ends the term if its shards differ from those of this process: at once if it has lost some; if
   * it only gained some, as soon as no further shard is being claimed.
   *
   * @return what to run outside the lock: the end of a term calls callbacks
   */
  private Runnable changed() {
    notifyAll();
    Optional<Running> ends =
        current.filter(
            term ->
                !open.keySet().containsAll(term.shards())
                    || claiming.isEmpty() && !term.shards().equals(open.keySet()));
    int now = open.size();
    return () ->
        ends.ifPresent(
            term ->
                term.exit()
                    .again(
                        "the shards of this process change from %d to %d"
                            .formatted(term.shards().size(), now)));
  }
}
