package io.actionscheduler.callback;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a target itself holds of earlier deliveries. It is surer than the store, which hears of a
 * delivery a moment later, or never where a crash comes in between.
 */
@FunctionalInterface
public interface Recollection {

  /** The scheduled time up to which the target has what it is to have of {@code action}. */
  Optional<Instant> settledUntil(ActionId action);
}
