package io.actionscheduler.callback;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a target itself recorded of earlier deliveries. It is more reliable than the store, which
 * learns of a delivery a moment later, or never after a crash in between.
 */
@FunctionalInterface
public interface Recollection {

  /** The scheduled time up to which the target has the fires of {@code action}. */
  Optional<Instant> settledUntil(ActionId action);
}
