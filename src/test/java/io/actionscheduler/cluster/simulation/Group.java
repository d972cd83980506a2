package io.actionscheduler.cluster.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The consumer group: says who should have a shard. It gives a shard on once its member has given
 * it free or was put out; and, as both protocols of Kafka have done, now and then to two members.
 */
final class Group {
  private static final long SESSION = 10_000;
  private static final long REBALANCE = 20_000;

  private static final class Member {
    private final Set<Integer> assigned = new HashSet<>();
    private final Set<Integer> revoking = new HashSet<>();
    private long heardAt;
    private long revokingSince;
  }

  private final int shards;
  private final Map<Integer, Member> members = new TreeMap<>();
  private final Map<Integer, Integer> second = new HashMap<>(); // assigned by mistake

  Group(int shards) {
    this.shards = shards;
  }

  void join(int member, long now) {
    Member joined = new Member();
    joined.heardAt = now;
    members.put(member, joined);
  }

  void leave(int member) {
    members.remove(member);
    second.values().removeIf(other -> other == member);
  }

  /**
   * What {@code member} should have; null for one that the group does not know (any more).
   *
   * @param has what it has now: what it should no longer have and has not, it has given free
   */
  Set<Integer> heartbeat(int member, Set<Integer> has, long now) {
    Member known = members.get(member);
    if (known == null) {
      return null;
    }
    known.heardAt = now;
    known.revoking.retainAll(has);
    balance(now);
    Set<Integer> wanted = new HashSet<>(known.assigned);
    second.forEach(
        (shard, other) -> {
          if (other == member) {
            wanted.add(shard);
          }
        });
    return wanted;
  }

  /** Puts out who was silent, or takes too long to give a shard free. */
  void expire(long now) {
    List<Integer> silent = new ArrayList<>();
    members.forEach(
        (id, one) -> {
          boolean slow = !one.revoking.isEmpty() && now - one.revokingSince > REBALANCE;
          if (now - one.heardAt > SESSION || slow) {
            silent.add(id);
          }
        });
    silent.forEach(this::leave);
  }

  void assignTwice(int shard, int member) {
    if (members.containsKey(member) && !members.get(member).assigned.contains(shard)) {
      second.put(shard, member);
    }
  }

  void endOfMistakes() {
    second.clear();
  }

  private void balance(long now) {
    Set<Integer> free = new HashSet<>();
    for (int shard = 0; shard < shards; shard++) {
      free.add(shard);
    }
    members.values().forEach(one -> free.removeAll(one.assigned));
    members.values().forEach(one -> free.removeAll(one.revoking));
    Comparator<Member> byLoad = Comparator.comparingInt(one -> one.assigned.size());
    for (int shard : free) {
      members.values().stream().min(byLoad).ifPresent(one -> one.assigned.add(shard));
    }
    if (members.isEmpty()) {
      return;
    }
    Member most = members.values().stream().max(byLoad).orElseThrow();
    Member least = members.values().stream().min(byLoad).orElseThrow();
    boolean busy = members.values().stream().anyMatch(one -> !one.revoking.isEmpty());
    if (!busy && most.assigned.size() - least.assigned.size() > 1) {
      int moved = most.assigned.stream().min(Comparator.naturalOrder()).orElseThrow();
      most.assigned.remove(moved);
      most.revoking.add(moved);
      most.revokingSince = now;
    }
  }
}
