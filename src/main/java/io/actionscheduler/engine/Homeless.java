package io.actionscheduler.engine;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Actions of earlier runs whose callback the settings do not name any more, and whose rows still
 * do: they cannot fire, and what is kept of them waits until their row names another. Confined to
 * the engine's thread.
 */
final class Homeless {
  private final Map<ActionId, Kept> actions = new HashMap<>();

  /** What is kept of one of them, and how to read its schedule. */
  record Kept(List<Progress> progress, KeptTimings timings) {}

  void put(ActionId id, Kept kept) {
    actions.put(id, kept);
  }

  Optional<Kept> take(ActionId id) {
    return Optional.ofNullable(actions.remove(id));
  }
}
