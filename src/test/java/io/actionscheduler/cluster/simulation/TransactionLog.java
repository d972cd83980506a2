package io.actionscheduler.cluster.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the brokers hold: an epoch per transactional id, so one per shard, the fires that were
 * committed, and a progress topic with a partition per shard.
 */
final class TransactionLog {
  /** A fire of an action, by its second. */
  record Fired(int action, long second, long at) {}

  private record Progress(int action, long second) {}

  private final Map<Integer, Integer> epochs = new HashMap<>();
  private final Map<Integer, List<Progress>> partitions = new HashMap<>();
  private final List<Fired> committed = new ArrayList<>();

  /** Shuts out who had it before; the new epoch. */
  int init(int shard) {
    return epochs.merge(shard, 1, Integer::sum);
  }

  int epoch(int shard) {
    return epochs.getOrDefault(shard, 0);
  }

  /** All of it or, for who was shut out, nothing and -1; else the end of the shard's partition. */
  long commit(int shard, int epoch, List<Fired> fires, Hash partitionOf) {
    if (epoch != epoch(shard)) {
      return -1;
    }
    for (Fired fire : fires) {
      committed.add(fire);
      partition(partitionOf.of(fire.action())).add(new Progress(fire.action(), fire.second()));
    }
    return partition(shard).size();
  }

  /** Adds what partition {@code shard} says from {@code offset} on to {@code settled}. */
  void read(int shard, long offset, Map<Integer, Long> settled) {
    List<Progress> all = partition(shard);
    for (int i = (int) Math.min(offset, all.size()); i < all.size(); i++) {
      settled.merge(all.get(i).action(), all.get(i).second(), Math::max);
    }
  }

  private List<Progress> partition(int shard) {
    return partitions.computeIfAbsent(shard, any -> new ArrayList<>());
  }

  List<Fired> committed() {
    return committed;
  }

  /** The shard of an action. */
  @FunctionalInterface
  interface Hash {
    int of(int action);
  }
}
