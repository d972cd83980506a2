package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What callbacks may ask of the scheduler that they deliver for, and tell it.
 *
 * @param failing told why the program cannot continue
 * @param fenced told, with a message, when another process took over deliveries that are made
 *     exactly once
 * @param isOwner whether this process may act as the owner of the store, and so shut out others
 */
public record CallbackHost(
    Consumer<String> failing, Consumer<String> fenced, BooleanSupplier isOwner) {
  public CallbackHost {
    requireNonNull(failing, "failing is null");
    requireNonNull(fenced, "fenced is null");
    requireNonNull(isOwner, "isOwner is null");
  }

  /** The only process there is: it never has to yield, and cannot continue where it is shut out. */
  public static CallbackHost alone(Consumer<String> failing) {
    return new CallbackHost(failing, failing, () -> true);
  }
}
