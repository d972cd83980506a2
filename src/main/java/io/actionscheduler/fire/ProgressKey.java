package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;

/** What progress is kept by: an action's fires at one callback. */
public record ProgressKey(ActionId action, String callback) {
  public ProgressKey {
    requireNonNull(action, "action is null");
    requireNonNull(callback, "callback is null");
  }
}
