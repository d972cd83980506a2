package io.actionscheduler.engine.target;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.BatchCallback;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A named callback and how the engine treats it.
 *
 * @param retry of actions that have none of their own
 * @param catchUpRate late fires per second at most; empty: no limit
 * @param deadLetter name of the callback that receives fires that failed permanently; empty: none
 */
public record NamedCallbackSettings(
    String name,
    BatchCallback callback,
    RetryPolicy retry,
    Optional<Integer> catchUpRate,
    Optional<String> deadLetter) {
  public NamedCallbackSettings {
    requireNonNull(name, "name is null");
    requireNonNull(callback, "callback is null");
    requireNonNull(retry, "retry is null");
    requireNonNull(catchUpRate, "catchUpRate is null");
    requireNonNull(deadLetter, "deadLetter is null");
  }

  /** The same, but it is handed fires only while {@code permitted}: see {@link WhileOwner}. */
  public NamedCallbackSettings sentWhile(BooleanSupplier permitted) {
    BatchCallback owned = new WhileOwner(callback, permitted);
    return new NamedCallbackSettings(name, owned, retry, catchUpRate, deadLetter);
  }
}
