package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Actions whose row names a callback that is not in the settings. They cannot fire; the progress of
 * those of earlier runs stays stored until the row names another callback, or the settings have it
 * again. Confined to the engine's thread.
 */
final class WithoutCallback {
  private final Map<ActionId, Stored> actions = new HashMap<>();

  /**
   * One of them.
   *
   * @param progress as an earlier run stored it; empty for a new action
   * @param timings how to read its stored schedule
   */
  record Stored(Action action, List<Progress> progress, KeptTimings timings) {}

  void put(Stored stored) {
    actions.put(stored.action().id(), stored);
  }

  Optional<Stored> take(ActionId id) {
    return Optional.ofNullable(actions.remove(id));
  }

  /** Removes and gives those whose actions are {@code wanted}. */
  List<Stored> take(Predicate<Action> wanted) {
    List<Stored> taken = new ArrayList<>();
    for (Iterator<Stored> all = actions.values().iterator(); all.hasNext(); ) {
      Stored one = all.next();
      if (wanted.test(one.action())) {
        all.remove();
        taken.add(one);
      }
    }
    return taken;
  }
}
