package io.actionscheduler.cluster.simulation;

import io.actionscheduler.cluster.Shard;
import io.actionscheduler.cluster.simulation.Network.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process: what it does for its shards, as their states tell it to. */
final class Node implements Shard.Work {
  private static final long LEASE = 5_500;
  private static final long DRAIN = 5_000;

  /** What it has of a shard that is here. */
  private static final class Held {
    private long token;
    private int epoch;
    private long offset; // up to which the topic is known
    private Map<Integer, Long> recalled = new HashMap<>();
    private boolean recalledEarly;
    private boolean underWay;
    private long followedAt;
  }

  /** From its start to its death. Also what keeps it from doing anything while it sleeps. */
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
  private final Map<Integer, Shard> shards = new HashMap<>();
  private final Map<Integer, Held> held = new HashMap<>();
  private final Map<Integer, Lanes> lanes = new HashMap<>();
  private Life life;
  private int member = -1; // not in the group
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
    for (int i = 0; i < world.shards; i++) {
      shards.put(i, new Shard(i, this));
    }
    heartbeat();
    renew();
  }

  void kill() {
    life.dead = true;
    life = null;
    shards.clear();
    held.clear();
    lanes.clear();
    member = -1;
    asleepUntil = 0;
    leaseUntil = 0;
    stopping = false;
  }

  /** Gives everything free, then ends. */
  void stop() {
    stopping = true;
    awaitEmpty(life);
  }

  private void awaitEmpty(Life asked) {
    if (life != asked || asked.dead) {
      return;
    }
    shards.values().forEach(Shard::revoked); // again: what was dropped meanwhile goes, too
    if (shards.values().stream().noneMatch(Shard::isHere)) {
      world.group.leave(member);
      kill();
    } else {
      world.time.in(100, () -> asked.run(() -> awaitEmpty(asked)));
    }
  }

  void sleep(long length) {
    asleepUntil = Math.max(asleepUntil, world.time.now() + length);
  }

  boolean fires(int shard) {
    return isAlive() && shards.get(shard).state() == Shard.State.FIRING;
  }

  private void later(long delay, Runnable what) {
    Life now = life;
    world.time.in(delay, () -> now.run(what));
  }

  private void heartbeat() {
    Life now = life;
    Set<Integer> has = new HashSet<>();
    shards.forEach(
        (i, shard) -> {
          if (shard.isHere()) {
            has.add(i);
          }
        });
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
          () -> {
            Set<Integer> answer = world.group.heartbeat(asking, has, world.time.now());
            return java.util.Optional.ofNullable(answer);
          },
          answer -> answer.ifPresentOrElse(this::assigned, () -> unknownMember(asking)),
          () -> {});
    }
    later(1_000, this::heartbeat);
  }

  private void unknownMember(int asked) {
    if (member == asked) {
      member = -1;
      shards.values().forEach(Shard::lost);
      // What it lost it does not have: the next assignment is a fresh one.
      shards.values().forEach(Shard::revoked);
    }
  }

  private void assigned(Set<Integer> wanted) {
    if (stopping) {
      return;
    }
    shards.forEach(
        (i, shard) -> {
          if (wanted.contains(i)) {
            shard.assigned();
          } else {
            shard.revoked();
          }
        });
  }

  private void renew() {
    long askedAt = world.time.now();
    world.network.ask(
        life, Server.POSTGRES, () -> true, any -> leaseUntil = askedAt + LEASE, () -> {});
    later(1_500, this::renew);
  }

  @Override
  public void claim(int shard, long term) {
    Held mine = new Held();
    held.put(shard, mine);
    world.network.ask(
        life,
        Server.POSTGRES,
        () -> world.tokens.claim(shard),
        token -> {
          mine.token = token;
          if (world.planted == Planted.READ_BEFORE_FENCE) {
            mine.recalledEarly = true;
            read(shard, mine, () -> fence(shard, mine, term), term);
          } else {
            fence(shard, mine, term);
          }
        },
        () -> failed(shard, term));
  }

  private void fence(int shard, Held mine, long term) {
    world.network.ask(
        life,
        Server.KAFKA,
        () ->
            world.planted == Planted.NO_FENCE ? world.log.epoch(shard) : world.log.init(shard),
        epoch -> {
          mine.epoch = epoch;
          shards.get(shard).claimed(term);
        },
        () -> failed(shard, term));
  }

  @Override
  public void recall(int shard, long term) {
    Held mine = held.get(shard);
    if (mine.recalledEarly) {
      shards.get(shard).recalled(term);
    } else {
      read(shard, mine, () -> shards.get(shard).recalled(term), term);
    }
  }

  private void read(int shard, Held mine, Runnable then, long term) {
    Life now = life;
    world.network.ask(
        now,
        Server.POSTGRES,
        () -> {
          mine.recalled = world.tokens.settled();
          return world.tokens.followed(shard);
        },
        offset ->
            world.network.ask(
                now,
                Server.KAFKA,
                () -> {
                  world.log.read(shard, offset, mine.recalled);
                  return true;
                },
                any -> {
                  mine.offset = offset;
                  then.run();
                },
                () -> failed(shard, term)),
        () -> failed(shard, term));
  }

  @Override
  public void open(int shard, long term) {
    if (!(world.planted == Planted.LANES_KEPT && lanes.containsKey(shard))) {
      lanes.put(shard, new Lanes(world.rowsOf(shard), held.get(shard).recalled));
    }
    shards.get(shard).opened(term);
    look(shard, term);
  }

  /** Fires what is due, again and again for as long as it may. */
  private void look(int shard, long term) {
    if (!shards.get(shard).isFiring(term)) {
      return;
    }
    Held mine = held.get(shard);
    if (!mine.underWay) {
      fire(shard, mine, term);
    }
    later(200, () -> look(shard, term));
  }

  private void fire(int shard, Held mine, long term) {
    List<TransactionLog.Fired> due = lanes.get(shard).due(world.time.now(), world.lastSecond);
    if (due.isEmpty()) {
      if (world.isExactlyOnce(shard) && world.time.now() - mine.followedAt > 3_000) {
        follow(shard, mine, term);
      }
      return;
    }
    if (!world.isExactlyOnce(shard) && world.time.now() >= leaseUntil) {
      failed(shard, term); // it slept, or cannot reach its database: another may have it
      return;
    }
    mine.underWay = true;
    if (world.isExactlyOnce(shard)) {
      commit(shard, mine, due, term);
    } else {
      deliver(shard, mine, due, term);
    }
  }

  private void commit(int shard, Held mine, List<TransactionLog.Fired> due, long term) {
    Lanes current = lanes.get(shard);
    world.network.ask(
        life,
        Server.KAFKA,
        () -> world.log.commit(shard, mine.epoch, due, world::hash),
        end -> {
          mine.underWay = false;
          if (end < 0) {
            failed(shard, term);
          } else {
            mine.offset = end;
            current.settle(due);
          }
        },
        () -> {
          mine.underWay = false;
          failed(shard, term); // in doubt: found out by whoever claims it next
        });
  }

  private void follow(int shard, Held mine, long term) {
    mine.followedAt = world.time.now();
    Map<Integer, Long> progress = lanes.get(shard).progress();
    long offset = mine.offset + (world.planted == Planted.OFFSET_TOO_HIGH ? 4 : 0);
    write(shard, mine, progress, offset, () -> {}, term);
  }

  private void deliver(int shard, Held mine, List<TransactionLog.Fired> due, long term) {
    Lanes current = lanes.get(shard);
    world.network.ask(
        life,
        Server.TARGET,
        () -> {
          world.received(due);
          return true;
        },
        any -> {
          current.settle(due);
          Runnable end = () -> mine.underWay = false;
          write(shard, mine, current.progress(), 0, end, term);
        },
        () -> {
          mine.underWay = false;
          failed(shard, term);
        });
  }

  private void write(
      int shard, Held mine, Map<Integer, Long> progress, long offset, Runnable then, long term) {
    world.network.ask(
        life,
        Server.POSTGRES,
        () -> world.tokens.write(shard, mine.token, progress, offset),
        taken -> {
          then.run();
          if (!taken) {
            failed(shard, term);
          }
        },
        () -> {
          then.run();
          failed(shard, term);
        });
  }

  private void failed(int shard, long term) {
    shards.get(shard).failed(term);
  }

  @Override
  public void drain(int shard, long term) {
    if (world.planted == Planted.DRAIN_SKIPPED) {
      shards.get(shard).drained(term);
    } else {
      awaitQuiet(shard, term, world.time.now() + DRAIN);
    }
  }

  private void awaitQuiet(int shard, long term, long deadline) {
    Held mine = held.get(shard);
    if (mine != null && mine.underWay && world.time.now() < deadline) {
      later(50, () -> awaitQuiet(shard, term, deadline));
    } else {
      shards.get(shard).drained(term);
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
  public void release(int shard) {
    // the next heartbeat says that it is not here
  }

  /** For messages. */
  @Override
  public String toString() {
    List<String> states = new ArrayList<>();
    shards.forEach((i, shard) -> states.add(i + "=" + shard.state()));
    return "process " + number + " " + states;
  }
}
