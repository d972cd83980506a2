package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.ShardsToSend;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Connects callbacks with the scheduler that they deliver for.
 *
 * @param failing receives the reason why the program cannot continue
 * @param shutOut receives a message when another process took over deliveries that are made exactly
 *     once; in a cluster, the shards receive it
 * @param isOwner whether this process may act as the owner of the store, and so shut out others
 * @param shards that it delivers for in a cluster; empty: everything
 */
public record CallbackHost(
    Consumer<String> failing,
    Consumer<String> shutOut,
    BooleanSupplier isOwner,
    Optional<ShardsToSend> shards) {
  public CallbackHost {
    requireNonNull(failing, "failing is null");
    requireNonNull(shutOut, "shutOut is null");
    requireNonNull(isOwner, "isOwner is null");
    requireNonNull(shards, "shards is null");
  }

  /** For a process that owns the whole store. */
  public static CallbackHost ofAll(
      Consumer<String> failing, Consumer<String> shutOut, BooleanSupplier isOwner) {
    return new CallbackHost(failing, shutOut, isOwner, Optional.empty());
  }

  /**
   * For a process without others beside it: it is always the owner, and cannot continue when it is
   * shut out.
   */
  public static CallbackHost alone(Consumer<String> failing) {
    return ofAll(failing, failing, () -> true);
  }
}
