package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;

/**
 * An action in a zone whose rules (its law) have changed.
 *
 * @param action with its schedule under the law in force
 * @param before its schedule under the law before
 */
public record Replanned(Action action, Timing before) {
  public Replanned {
    requireNonNull(action, "action is null");
    requireNonNull(before, "before is null");
  }
}
