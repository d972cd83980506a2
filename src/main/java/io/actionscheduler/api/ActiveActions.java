package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.engine.intake.SourceStatus;
import java.util.List;
import java.util.Optional;

/** The actions in force, found in memory. */
final class ActiveActions {
  private final Running running;

  ActiveActions(Running running) {
    this.running = running;
  }

  /** The action of that id, of whatever source; empty where none is in force. */
  Optional<Action> find(ActionId id) {
    for (SourceStatus source : running.health().sources()) {
      Optional<Action> found = find(source.actions(), id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * @param actions in ascending order of their ids
   */
  private static Optional<Action> find(List<Action> actions, ActionId id) {
    int from = 0;
    int to = actions.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = actions.get(middle).id().compareTo(id);
      if (order == 0) {
        return Optional.of(actions.get(middle));
      }
      from = order < 0 ? middle + 1 : from;
      to = order < 0 ? to : middle;
    }
    return Optional.empty();
  }
}
