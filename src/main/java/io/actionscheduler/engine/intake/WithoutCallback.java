package io.actionscheduler.engine.intake;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Actions of earlier runs whose row names a callback that is no longer in the settings. They cannot
 * fire; their progress stays stored until the row names another callback. Confined to the engine's
 * thread.
 */
final class WithoutCallback {
  private final Map<ActionId, Stored> actions = new HashMap<>();

  /** The stored progress of one of them, and how to read its schedule. */
  record Stored(List<Progress> progress, KeptTimings timings) {}

  void put(ActionId id, Stored stored) {
    actions.put(id, stored);
  }

  Optional<Stored> take(ActionId id) {
    return Optional.ofNullable(actions.remove(id));
  }
}
