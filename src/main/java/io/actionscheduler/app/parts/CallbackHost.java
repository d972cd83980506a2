package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Connects callbacks with the scheduler that they deliver for.
 *
 * @param failing receives the reason why the program cannot continue
 * @param fenced receives a message when another process took over deliveries that are made exactly
 *     once
 * @param isOwner whether this process may act as the owner of the store, and so shut out others
 */
public record CallbackHost(
    Consumer<String> failing, Consumer<String> fenced, BooleanSupplier isOwner) {
  public CallbackHost {
    requireNonNull(failing, "failing is null");
    requireNonNull(fenced, "fenced is null");
    requireNonNull(isOwner, "isOwner is null");
  }

  /**
   * For a process without others beside it: it is always the owner, and cannot continue when it is
   * shut out.
   */
  public static CallbackHost alone(Consumer<String> failing) {
    return new CallbackHost(failing, failing, () -> true);
  }
}
