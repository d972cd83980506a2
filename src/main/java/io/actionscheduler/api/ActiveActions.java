package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ById;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.engine.intake.SourceStatus;
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
      Optional<Action> found = ById.find(source.actions(), id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
