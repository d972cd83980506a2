package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;

/** The key of stored progress: the fires of an action at one callback. */
public record ProgressKey(ActionId action, String callback) {
  public ProgressKey {
    requireNonNull(action, "action is null");
    requireNonNull(callback, "callback is null");
  }

  // What records have by themselves is made by the JDK at the first call, which delays the start.

  @Override
  public boolean equals(Object other) {
    return other instanceof ProgressKey that
        && action.equals(that.action)
        && callback.equals(that.callback);
  }

  @Override
  public int hashCode() {
    return 31 * action.hashCode() + callback.hashCode();
  }
}
