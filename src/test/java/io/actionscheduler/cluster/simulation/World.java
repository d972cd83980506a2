package io.actionscheduler.cluster.simulation;

import io.actionscheduler.cluster.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some processes, the group, the transaction log and the tokens, and the faults of one seed: what
 * came is judged when the faults are over and everything had its time. Shards of an even number
 * send exactly once, the others at least once.
 */
final class World {
  private static final int ACTIONS = 9;
  private static final int NODES = 3;
  private static final long FAULTS_UNTIL = 60_000;
  private static final long HEALED_AFTER = 30_000;
  private static final long OWNED_AFTER = 25_000;
  private static final long CALM_AFTER = 20_000;

  final int shards = 6;
  final long lastSecond = (FAULTS_UNTIL + HEALED_AFTER - 5_000) / 1000;
  final VirtualTime time = new VirtualTime();
  final Group group = new Group(shards);
  final TransactionLog log = new TransactionLog();
  final Tokens tokens;
  final Network network;
  final Planted planted;
  private final Shards arithmetic = new Shards(shards, Shards.VERSION);
  private final Random random;
  private final boolean calm;
  private final List<Node> nodes = new ArrayList<>();
  private final List<TransactionLog.Fired> received = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int members;

  /**
   * @param seed of everything that happens; of every fourth, processes only come and go in order
   */
  World(long seed, Planted planted) {
    this.planted = planted;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.calm = seed % 4 == 0;
    this.tokens = new Tokens(planted != Planted.NO_TOKEN_CHECK);
    this.network = new Network(time, random);
  }

  int nextMember() {
    return members++;
  }

  boolean isExactlyOnce(int shard) {
    return shard % 2 == 0;
  }

  /** What Java says. */
  int hash(int action) {
    return arithmetic.of(action);
  }

  /** What the database says. */
  List<Integer> rowsOf(int shard) {
    List<Integer> rows = new ArrayList<>();
    for (int action = 0; action < ACTIONS; action++) {
      int found = hash(action);
      if (planted == Planted.HASH_DIFFERS && action % 3 == 0) {
        found = (found + 2) % shards; // exactly once as before
      }
      if (found == shard) {
        rows.add(action);
      }
    }
    return rows;
  }

  void received(List<TransactionLog.Fired> fires) {
    fires.forEach(
        fire -> received.add(new TransactionLog.Fired(fire.action(), fire.second(), time.now())));
  }

  /** Runs it to its end; what was promised and not kept. */
  List<String> run() {
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node(this, i));
      Node node = nodes.get(i);
      time.in(random.nextInt(3_000), node::start);
    }
    time.in(1_000, this::expire);
    time.in(5_000 + random.nextInt(5_000), this::fault);
    time.at(FAULTS_UNTIL, this::heal);
    time.at(FAULTS_UNTIL + OWNED_AFTER, this::checkOwners);
    time.runUntil(FAULTS_UNTIL + HEALED_AFTER);
    judge();
    return broken;
  }

  private void expire() {
    group.expire(time.now());
    time.in(500, this::expire);
  }

  private void fault() {
    if (time.now() > FAULTS_UNTIL - 3_000) {
      return;
    }
    Node node = nodes.get(random.nextInt(NODES));
    int number = nodes.indexOf(node);
    if (!node.isAlive()) {
      node.start();
    } else if (calm) {
      node.stop();
    } else {
      switch (random.nextInt(8)) {
        case 0, 1 -> node.kill();
        case 2 -> node.stop();
        case 3 -> node.sleep(Math.min(1_000 + random.nextInt(25_000), FAULTS_UNTIL - time.now()));
        case 4 -> network.cut(Network.Server.KAFKA, number);
        case 5 -> network.cut(Network.Server.POSTGRES, number);
        case 6 -> group.assignTwice(random.nextInt(shards), members - 1 - random.nextInt(2));
        default -> network.loseAnswers(0.1);
      }
    }
    if (random.nextInt(3) == 0) {
      network.mend();
      group.endOfMistakes();
    }
    time.in(500 + random.nextInt(8_000), this::fault);
  }

  private void heal() {
    network.mend();
    group.endOfMistakes();
    for (Node node : nodes) {
      if (!node.isAlive()) {
        node.start();
      }
    }
  }

  private void checkOwners() {
    for (int shard = 0; shard < shards; shard++) {
      int each = shard;
      long owners = nodes.stream().filter(node -> node.fires(each)).count();
      if (owners != 1) {
        broken.add("shard " + shard + " has " + owners + " owners after healing: " + nodes);
      }
    }
  }

  private void judge() {
    broken.addAll(tokens.broken());
    Map<Integer, Set<Long>> seen = new HashMap<>();
    check(log.committed(), seen, true);
    check(received, seen, calm);
    received.stream()
        .filter(fire -> fire.second() * 1000 > FAULTS_UNTIL + CALM_AFTER)
        .collect(Collectors.groupingBy(fire -> fire.action() + "@" + fire.second()))
        .values()
        .stream()
        .filter(same -> same.size() > 1)
        .forEach(same -> broken.add(same.get(1) + " came twice, long after the last fault"));
    for (int action = 0; action < ACTIONS; action++) {
      for (long second = 1; second <= lastSecond; second++) {
        if (!seen.getOrDefault(action, Set.of()).contains(second)) {
          broken.add("action " + action + " did not fire for second " + second);
        }
      }
    }
  }

  private void check(List<TransactionLog.Fired> fires, Map<Integer, Set<Long>> seen, boolean once) {
    Map<Integer, Long> latest = new HashMap<>();
    for (TransactionLog.Fired fire : fires) {
      if (fire.at() < fire.second() * 1000) {
        broken.add(fire + " came early");
      }
      boolean first =
          seen.computeIfAbsent(fire.action(), any -> new HashSet<>()).add(fire.second());
      if (!first && once) {
        broken.add(fire + " came twice");
      }
      Long before = latest.get(fire.action());
      if (first && before != null && before > fire.second()) {
        broken.add(fire + " came after " + before);
      }
      if (first) {
        latest.put(fire.action(), fire.second());
      }
    }
  }
}
