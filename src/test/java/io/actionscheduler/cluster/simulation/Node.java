package io.actionscheduler.cluster.simulation;

import io.actionscheduler.cluster.Claim;
import io.actionscheduler.cluster.OwnShards;
import io.actionscheduler.cluster.Shard;
import io.actionscheduler.cluster.ShardWork;
import io.actionscheduler.cluster.simulation.Network.Server;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A process: its shards are those of the product, which tell it what to do; servers, rows and the
 * way of a fire are models.
 */
final class Node implements ShardWork {
  private static final long LEASE = 5_500;
  private static final long DRAIN = 5_000;
  private static final long PROVE_AFTER = 1_000;

  /** What it has of a shard that is claimed. */
  private static final class Held {
    private final Claim claim;
    private int epoch;
    private long offset; // up to which the topic is known
    private Map<Integer, Long> recalled = new HashMap<>();
    private boolean recalledEarly;
    private boolean underWay;
    private long followedAt;

    private Held(Claim claim) {
      this.claim = claim;
    }
  }

  /** From its start to its death. Keeps it from doing anything while it sleeps. */
  final class Life {
    private boolean dead;

    int node() {
      return number;
    }

    void run(Runnable what) {
      if (dead) {
        return;
      }
      if (world.time.now() < asleepUntil) {
        world.time.at(asleepUntil, () -> run(what));
      } else {
        what.run();
      }
    }
  }

  private final World world;
  private final int number;
  private final Map<Integer, Held> held = new HashMap<>();
  private final Map<Integer, Lanes> lanes = new HashMap<>();
  private OwnShards own;
  private Life life;
  private int member = -1; // not in the group
  private Optional<Set<Integer>> told = Optional.empty(); // the assignment that it knows
  private boolean proofWanted;
  private long asleepUntil;
  private long leaseUntil;
  private boolean stopping;

  Node(World world, int number) {
    this.world = world;
    this.number = number;
  }

  boolean isAlive() {
    return life != null;
  }

  void start() {
    life = new Life();
    own =
        new OwnShards(
            world.shards, this, Runnable::run, why -> later(PROVE_AFTER, () -> proofWanted = true));
    heartbeat();
    renew();
  }

  void kill() {
    life.dead = true;
    life = null;
    held.clear();
    lanes.clear();
    member = -1;
    told = Optional.empty();
    proofWanted = false;
    asleepUntil = 0;
    leaseUntil = 0;
    stopping = false;
  }

  /** Lets go of everything, then leaves and ends. */
  void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    Life asked = life;
    own.revoked(here())
        .thenRun(
            () -> {
              if (life == asked) {
                world.group.leave(member);
                kill();
              }
            });
  }

  void sleep(long length) {
    asleepUntil = Math.max(asleepUntil, world.time.now() + length);
  }

  boolean fires(int shard) {
    return isAlive() && own.states().join().get(shard) == Shard.State.FIRING;
  }

  private Set<Integer> here() {
    return own.states().join().keySet(); // complete, since all of it is one thread
  }

  private void later(long delay, Runnable what) {
    Life now = life;
    if (now != null) { // else it died at this very moment
      world.time.in(delay, () -> now.run(what));
    }
  }

  private void heartbeat() {
    Life now = life;
    Set<Integer> has = here();
    if (member < 0) {
      member = world.nextMember();
      int joining = member;
      world.network.ask(
          now,
          Server.KAFKA,
          () -> {
            world.group.join(joining, world.time.now());
            return true;
          },
          any -> {},
          () -> {});
    } else {
      int asking = member;
      world.network.ask(
          now,
          Server.KAFKA,
          () -> Optional.ofNullable(world.group.heartbeat(asking, has, world.time.now())),
          answer -> answer.ifPresentOrElse(this::assigned, () -> unknownMember(asking)),
          () -> {});
    }
    later(1_000, this::heartbeat);
  }

  private void unknownMember(int asked) {
    if (member == asked) {
      member = -1;
      told = Optional.empty();
      own.lost(here());
    }
  }

  /** As a client does: told are changes, and what was asked for. */
  private void assigned(Set<Integer> wanted) {
    if (stopping) {
      return;
    }
    Set<Integer> revoked = new HashSet<>(told.orElse(Set.of()));
    revoked.removeAll(wanted);
    if (!revoked.isEmpty()) {
      own.revoked(revoked);
    }
    if (proofWanted || !told.equals(Optional.of(wanted))) {
      proofWanted = false;
      own.assigned(wanted);
    }
    told = Optional.of(wanted);
  }

  private void renew() {
    long askedAt = world.time.now();
    world.network.ask(
        life, Server.POSTGRES, () -> true, any -> leaseUntil = askedAt + LEASE, () -> {});
    later(1_500, this::renew);
  }

  /** The answer of a server; fails where there is none. */
  private <T> CompletableFuture<T> ask(Server server, Supplier<T> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.network.ask(
        life,
        server,
        request,
        answer::complete,
        () -> answer.completeExceptionally(new IllegalStateException("no answer of " + server)));
    return answer;
  }

  @Override
  public CompletionStage<Long> takeToken(int shard) {
    return ask(Server.POSTGRES, () -> world.tokens.claim(shard));
  }

  @Override
  public CompletionStage<Void> shutOut(Claim claim) {
    Held mine = new Held(claim);
    held.put(claim.shard(), mine);
    if (world.planted == Planted.READ_BEFORE_FENCE) {
      mine.recalledEarly = true;
      return read(mine).thenCompose(any -> fence(mine));
    }
    return fence(mine);
  }

  private CompletionStage<Void> fence(Held mine) {
    int shard = mine.claim.shard();
    return ask(
            Server.KAFKA,
            () ->
                world.planted == Planted.NO_FENCE ? world.log.epoch(shard) : world.log.init(shard))
        .thenAccept(epoch -> mine.epoch = epoch);
  }

  @Override
  public CompletionStage<Void> recall(Claim claim) {
    Held mine = held.get(claim.shard());
    return mine.recalledEarly ? CompletableFuture.completedStage(null) : read(mine);
  }

  private CompletionStage<Void> read(Held mine) {
    int shard = mine.claim.shard();
    return ask(
            Server.POSTGRES,
            () -> {
              mine.recalled = world.tokens.settled();
              return world.tokens.followed(shard);
            })
        .thenCompose(
            offset ->
                ask(
                    Server.KAFKA,
                    () -> {
                      world.log.read(shard, offset, mine.recalled);
                      return offset;
                    }))
        .thenAccept(offset -> mine.offset = offset);
  }

  @Override
  public CompletionStage<Void> open(Claim claim) {
    int shard = claim.shard();
    if (!(world.planted == Planted.LANES_KEPT && lanes.containsKey(shard))) {
      lanes.put(shard, new Lanes(world.rowsOf(shard), held.get(shard).recalled));
    }
    later(0, () -> look(claim));
    return CompletableFuture.completedStage(null);
  }

  /** Fires what is due, again and again for as long as it may. */
  private void look(Claim claim) {
    if (!own.maySend(claim)) {
      return;
    }
    Held mine = held.get(claim.shard());
    if (!mine.underWay) {
      fire(mine);
    }
    later(200, () -> look(claim));
  }

  private void fire(Held mine) {
    int shard = mine.claim.shard();
    List<TransactionLog.Fired> due = lanes.get(shard).due(world.time.now(), world.lastSecond);
    if (due.isEmpty()) {
      if (world.isExactlyOnce(shard) && world.time.now() - mine.followedAt > 3_000) {
        follow(mine);
      }
      return;
    }
    if (!world.isExactlyOnce(shard) && world.time.now() >= leaseUntil) {
      failed(mine, "it slept, or cannot reach its database: another may have it");
      return;
    }
    mine.underWay = true;
    if (world.isExactlyOnce(shard)) {
      commit(mine, due);
    } else {
      deliver(mine, due);
    }
  }

  private void commit(Held mine, List<TransactionLog.Fired> due) {
    int shard = mine.claim.shard();
    Lanes current = lanes.get(shard);
    ask(Server.KAFKA, () -> world.log.commit(shard, mine.epoch, due, world::hash))
        .whenComplete(
            (end, none) -> {
              mine.underWay = false;
              if (none != null) {
                failed(mine, "in doubt: found out by whoever claims it next");
              } else if (end < 0) {
                failed(mine, "shut out");
              } else {
                mine.offset = end;
                current.settle(due);
              }
            });
  }

  private void follow(Held mine) {
    mine.followedAt = world.time.now();
    Map<Integer, Long> progress = lanes.get(mine.claim.shard()).progress();
    long offset = mine.offset + (world.planted == Planted.OFFSET_TOO_HIGH ? 4 : 0);
    write(mine, progress, offset, () -> {});
  }

  private void deliver(Held mine, List<TransactionLog.Fired> due) {
    Lanes current = lanes.get(mine.claim.shard());
    ask(
            Server.TARGET,
            () -> {
              world.received(due);
              return true;
            })
        .whenComplete(
            (any, none) -> {
              if (none == null) {
                current.settle(due);
                write(mine, current.progress(), 0, () -> mine.underWay = false);
              } else {
                mine.underWay = false;
                failed(mine, "in doubt");
              }
            });
  }

  private void write(Held mine, Map<Integer, Long> progress, long offset, Runnable then) {
    Claim claim = mine.claim;
    ask(Server.POSTGRES, () -> world.tokens.write(claim.shard(), claim.token(), progress, offset))
        .whenComplete(
            (taken, none) -> {
              then.run();
              if (none != null || !taken) {
                failed(mine, "not written");
              }
            });
  }

  private void failed(Held mine, String why) {
    own.failed(mine.claim, new IllegalStateException(why));
  }

  @Override
  public CompletionStage<Void> drain(Claim claim) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    if (world.planted == Planted.DRAIN_SKIPPED) {
      drained.complete(null);
    } else {
      awaitQuiet(claim, drained, world.time.now() + DRAIN);
    }
    return drained;
  }

  private void awaitQuiet(Claim claim, CompletableFuture<Void> drained, long deadline) {
    Held mine = held.get(claim.shard());
    boolean isQuiet = mine == null || !mine.claim.equals(claim) || !mine.underWay;
    if (isQuiet || world.time.now() >= deadline) {
      drained.complete(null);
    } else {
      later(50, () -> awaitQuiet(claim, drained, deadline));
    }
  }

  @Override
  public void discard(int shard) {
    held.remove(shard);
    if (world.planted != Planted.LANES_KEPT) {
      lanes.remove(shard);
    }
  }

  @Override
  public void giveBack(Claim claim) {
    // nothing depends on it
  }

  /** For messages. */
  @Override
  public String toString() {
    return "process " + number + " has " + (own == null ? "nothing" : own.states().join());
  }
}
