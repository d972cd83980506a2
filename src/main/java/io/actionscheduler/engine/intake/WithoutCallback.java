package io.actionscheduler.engine.intake;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Actions of earlier runs whose callback the settings do not name any more, and whose rows still
 * do: they cannot fire, and what is stored of them waits until their row names another. Confined to
 * the engine's thread.
 */
final class WithoutCallback {
  private final Map<ActionId, Stored> actions = new HashMap<>();

  /** What is stored of one of them, and how to read its schedule. */
  record Stored(List<Progress> progress, KeptTimings timings) {}

  void put(ActionId id, Stored stored) {
    actions.put(id, stored);
  }

  Optional<Stored> take(ActionId id) {
    return Optional.ofNullable(actions.remove(id));
  }
}
