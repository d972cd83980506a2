package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Actions whose row names a callback that is not in the settings. They cannot fire; the progress of
 * those of earlier runs, and their dead letters, stay stored until the row names another callback,
 * or the settings have it again. An action that is in force continues as it was before the edit;
 * only the edit waits. Confined to the engine's thread.
 */
final class WithoutCallback {
  private final Map<ActionId, Stored> actions = new HashMap<>();

  /**
   * One of them.
   *
   * @param progress as an earlier run stored it; empty for a new action
   * @param letters its dead letters of earlier runs, which wait with it
   * @param timings how to read its stored schedule
   */
  record Stored(
      Action action, List<Progress> progress, List<DeadLetter> letters, KeptTimings timings) {

    /** The same for an edited row. */
    Stored with(Action next) {
      return new Stored(next, progress, letters, timings);
    }

    /** Whether an earlier run left nothing of it. */
    boolean isNew() {
      return progress.isEmpty() && letters.isEmpty();
    }
  }

  void put(Stored stored) {
    actions.put(stored.action().id(), stored);
  }

  Optional<Stored> get(ActionId id) {
    return Optional.ofNullable(actions.get(id));
  }

  Optional<Stored> take(ActionId id) {
    return Optional.ofNullable(actions.remove(id));
  }

  /** Their ids now; what is put or taken later does not change it. */
  List<ActionId> ids() {
    return new ArrayList<>(actions.keySet());
  }
}
