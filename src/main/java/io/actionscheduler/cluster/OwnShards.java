package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The shards of this process: takes what the group says to each {@link Shard}, and has done what
 * the shard decides. Thread-safe; everything is decided on one thread.
 */
public final class OwnShards implements Membership.Listener {
  private final ShardWork work;
  private final Executor thread;
  private final Consumer<String> dropped;
  private final List<Shard> shards = new ArrayList<>();
  private final Map<Integer, Claim> claims = new HashMap<>();
  private final Map<Integer, Long> rounds = new HashMap<>(); // in which each was made
  private final Map<Integer, CompletableFuture<Void>> leaving = new HashMap<>();
  private final Map<Integer, Long> sending = new ConcurrentHashMap<>(); // the token of each
  private boolean isProving;

  /**
   * None of the shards is here.
   *
   * @param count how many there are
   * @param thread runs one piece of work after the other
   * @param dropped receives why a shard is dropped, and has to ask for a fresh proof of membership
   *     after a moment; called once until the group has answered, however many are dropped
   */
  public OwnShards(int count, ShardWork work, Executor thread, Consumer<String> dropped) {
    this.work = requireNonNull(work, "work is null");
    this.thread = requireNonNull(thread, "thread is null");
    this.dropped = requireNonNull(dropped, "dropped is null");
    Steps steps = new Steps();
    for (int number = 0; number < count; number++) {
      shards.add(new Shard(number, steps));
    }
  }

  @Override
  public void assigned(Set<Integer> all) {
    Set<Integer> here = Set.copyOf(all);
    thread.execute(
        () -> {
          isProving = false;
          for (int number = 0; number < shards.size(); number++) {
            if (here.contains(number)) {
              shards.get(number).assigned();
            } else {
              shards.get(number).revoked(); // it was dropped, and another process has it
            }
          }
        });
  }

  @Override
  public CompletionStage<Void> revoked(Set<Integer> some) {
    CompletableFuture<Void> released = new CompletableFuture<>();
    Set<Integer> numbers = Set.copyOf(some);
    thread.execute(
        () -> {
          List<CompletableFuture<Void>> all = new ArrayList<>();
          for (int number : numbers) {
            if (shards.get(number).isHere()) {
              all.add(leaving.computeIfAbsent(number, one -> new CompletableFuture<>()));
              shards.get(number).revoked();
            }
          }
          CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
              .thenRun(() -> released.complete(null));
        });
    return released;
  }

  @Override
  public void lost(Set<Integer> some) {
    Set<Integer> numbers = Set.copyOf(some);
    thread.execute(() -> numbers.forEach(number -> shards.get(number).lost()));
  }

  /**
   * A write or a delivery for {@code claim} was refused, since another process has the shard, or
   * nobody knows what came of it. Does nothing where the shard was claimed again meanwhile.
   */
  public void failed(Claim claim, Throwable why) {
    thread.execute(
        () -> {
          if (claim.equals(claims.get(claim.shard()))) {
            failed(claim.shard(), rounds.get(claim.shard()), why);
          }
        });
  }

  /** Whether something may be sent for {@code claim}. */
  public boolean maySend(Claim claim) {
    Long token = sending.get(claim.shard());
    return token != null && token == claim.token();
  }

  /** The state of each shard of which anything is in this process. */
  public CompletableFuture<Map<Integer, Shard.State>> states() {
    CompletableFuture<Map<Integer, Shard.State>> asked = new CompletableFuture<>();
    thread.execute(
        () -> {
          Map<Integer, Shard.State> states = new TreeMap<>();
          for (int number = 0; number < shards.size(); number++) {
            if (shards.get(number).isHere()) {
              states.put(number, shards.get(number).state());
            }
          }
          asked.complete(states);
        });
    return asked;
  }

  private void failed(int number, long round, Throwable why) {
    if (shards.get(number).failed(round) && !isProving) {
      isProving = true;
      String reason = why.getMessage() == null ? why.toString() : why.getMessage();
      dropped.accept("shard " + number + ": " + reason);
    }
  }

  /** Has the steps of each shard done. */
  private final class Steps implements Shard.Work {
    @Override
    public void claim(int number, long round) {
      then(
          () -> work.takeToken(number),
          number,
          round,
          token -> {
            // Late: whoever has it by now must not be shut out.
            if (shards.get(number).isClaiming(round)) {
              Claim claim = new Claim(number, token);
              claims.put(number, claim);
              rounds.put(number, round);
              then(
                  () -> work.shutOut(claim),
                  number,
                  round,
                  done -> shards.get(number).claimed(round));
            }
          });
    }

    @Override
    public void recall(int number, long round) {
      Claim claim = claims.get(number);
      then(() -> work.recall(claim), number, round, done -> shards.get(number).recalled(round));
    }

    @Override
    public void open(int number, long round) {
      Claim claim = claims.get(number);
      sending.put(number, claim.token()); // its first actions may fire before the last is read
      then(() -> work.open(claim), number, round, done -> shards.get(number).opened(round));
    }

    @Override
    public void drain(int number, long round) {
      sending.remove(number);
      Claim claim = claims.get(number);
      then(() -> work.drain(claim), number, round, done -> shards.get(number).drained(round));
    }

    @Override
    public void discard(int number) {
      sending.remove(number);
      work.discard(number);
    }

    @Override
    public void release(int number) {
      rounds.remove(number);
      Claim claim = claims.remove(number);
      if (claim != null) {
        work.giveBack(claim);
      }
      CompletableFuture<Void> left = leaving.remove(number);
      if (left != null) {
        left.complete(null);
      }
    }

    private static Throwable cause(Throwable fault) {
      return fault instanceof CompletionException && fault.getCause() != null
          ? fault.getCause()
          : fault;
    }

    private <T> void then(
        Supplier<CompletionStage<T>> step, int number, long round, Consumer<T> next) {
      CompletionStage<T> result;
      try {
        result = step.get();
      } catch (RuntimeException e) { // a defect of one step costs its shard only
        result = CompletableFuture.failedStage(e);
      }
      result.whenComplete(
          (value, fault) ->
              thread.execute(
                  () -> {
                    if (fault == null) {
                      next.accept(value);
                    } else {
                      failed(number, round, cause(fault));
                    }
                  }));
    }
  }
}
