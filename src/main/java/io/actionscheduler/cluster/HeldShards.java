package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * The shards that a process delivers for until they change, for targets in which each shard has a
 * fence of its own.
 *
 * @param arithmetic finds the shard of an action
 * @param numbers of the shards; at least one
 * @param inForce asks the database whether no other process has claimed the shard; may wait, and is
 *     false where this cannot be known now
 * @param shutOut receives a shard, and the message that another process shut out this one: it must
 *     deliver nothing more for the shard
 */
public record HeldShards(
    Shards arithmetic,
    Set<Integer> numbers,
    IntPredicate inForce,
    BiConsumer<Integer, String> shutOut) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when there is no shard, or one with a number that does not
   *     exist
   */
  public HeldShards {
    requireNonNull(arithmetic, "arithmetic is null");
    requireNonNull(inForce, "inForce is null");
    requireNonNull(shutOut, "shutOut is null");
    numbers = Set.copyOf(numbers);
    int count = arithmetic.count();
    if (numbers.isEmpty() || numbers.stream().anyMatch(one -> one < 0 || one >= count)) {
      throw new IllegalArgumentException("shards " + numbers + " of " + count);
    }
  }
}
