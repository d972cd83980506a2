package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Some of the shards, and the actions in them.
 *
 * @param arithmetic finds the shard of an action
 * @param numbers of the shards; may be none
 */
public record ShardSet(Shards arithmetic, Set<Integer> numbers) implements Predicate<ActionId> {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when a number is not that of a shard
   */
  public ShardSet {
    requireNonNull(arithmetic, "arithmetic is null");
    numbers = Set.copyOf(numbers);
    int count = arithmetic.count();
    if (numbers.stream().anyMatch(one -> one < 0 || one >= count)) {
      throw new IllegalArgumentException("shards " + numbers + " of " + count);
    }
  }

  @Override
  public boolean test(ActionId action) {
    return numbers.contains(arithmetic.of(action));
  }

  /**
   * The condition of SQL for the rows of these shards; empty where they are all. A row without an
   * id counts to the shard in which its rejection is.
   *
   * @param column of the ids, an integer of 64 bits or fewer
   */
  public Optional<String> condition(String column) {
    if (numbers.size() == arithmetic.count()) {
      return Optional.empty();
    }
    if (numbers.isEmpty()) {
      return Optional.of("false");
    }
    String in =
        new TreeSet<>(numbers)
            .stream().map(String::valueOf).collect(Collectors.joining(", ", " IN (", ")"));
    String without = test(ActionId.NULL) ? " OR " + column + " IS NULL" : "";
    return Optional.of("(" + arithmetic.sql(column) + in + without + ")");
  }
}
