package io.actionscheduler.store.ownership;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.StoreOwner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which processes a cluster has, and which shards each of them has, as its tables say.
 *
 * @param name of the cluster
 * @param members the processes that run, and those that ended without giving back their shards
 * @param shards all of them, by number
 */
public record ClusterState(String name, List<Member> members, List<OwnedShard> shards) {
  public ClusterState {
    requireNonNull(name, "name is null");
    members = List.copyOf(members);
    shards = List.copyOf(shards);
  }

  /**
   * A process of the cluster.
   *
   * @param number of its lease: a process that lost its lease comes back with another one
   * @param isAlive whether its lease is in force, by the clock of the database
   */
  public record Member(long number, StoreOwner process, boolean isAlive) {
    public Member {
      requireNonNull(process, "process is null");
    }
  }

  /**
   * A shard.
   *
   * @param token the number that a write for it has to have
   * @param member the number of the process that took it last; empty where that one gave it back
   * @param since when that process took it
   */
  public record OwnedShard(int shard, long token, Optional<Long> member, Optional<Instant> since) {
    public OwnedShard {
      requireNonNull(member, "member is null");
      requireNonNull(since, "since is null");
    }
  }

  /** How many processes run. */
  public long alive() {
    return members.stream().filter(Member::isAlive).count();
  }

  /** The shards of a process. */
  public List<OwnedShard> of(Member member) {
    return shards.stream().filter(isOf(member)).toList();
  }

  /** The shards of the process that asks; none while its lease is not in force. */
  public List<OwnedShard> ofThisProcess() {
    Owner own = Owner.thisProcess(Instant.EPOCH);
    return members.stream()
        .filter(Member::isAlive)
        .filter(one -> one.process().pid() == own.pid())
        .filter(one -> one.process().host().equals(own.host()))
        .flatMap(one -> of(one).stream())
        .toList();
  }

  private static Predicate<OwnedShard> isOf(Member member) {
    return shard -> shard.member().filter(number -> number == member.number()).isPresent();
  }

  /** The shards that no process which runs has: their actions do not fire now. */
  public List<OwnedShard> withoutOwner() {
    return shards.stream()
        .filter(
            shard ->
                members.stream().filter(Member::isAlive).noneMatch(one -> isOf(one).test(shard)))
        .toList();
  }

  /** When a process took a shard last; empty where none ever did. */
  public Optional<Instant> lastTaken() {
    return shards.stream().flatMap(shard -> shard.since().stream()).max(Instant::compareTo);
  }
}
