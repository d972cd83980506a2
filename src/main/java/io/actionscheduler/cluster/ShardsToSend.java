package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * The shards that a process delivers for until they change, for targets that can shut out the
 * previous owner of each shard by themselves.
 *
 * @param own the shards; at least one
 * @param inForce asks the database whether no other process has claimed the shard; may wait, and is
 *     false where this cannot be known now
 * @param shutOut receives a shard, and the message that another process shut out this one: it must
 *     deliver nothing more for the shard
 */
public record ShardsToSend(
    ShardSet own, IntPredicate inForce, BiConsumer<Integer, String> shutOut) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when there is no shard
   */
  public ShardsToSend {
    requireNonNull(own, "own is null");
    requireNonNull(inForce, "inForce is null");
    requireNonNull(shutOut, "shutOut is null");
    if (own.numbers().isEmpty()) {
      throw new IllegalArgumentException("no shards");
    }
  }

  /** The numbers of the shards. */
  public Set<Integer> numbers() {
    return own.numbers();
  }

  /** How many shards the cluster has. */
  public int count() {
    return own.arithmetic().count();
  }

  /** Whether no other process has claimed one of {@code some}; asks the database. */
  public boolean areInForce(Collection<Integer> some) {
    return some.stream().allMatch(inForce::test);
  }
}
