package io.actionscheduler.engine.run;

import io.actionscheduler.action.Action;
import java.time.Instant;
import java.util.Optional;

/** New values of an action that wait until its running fire has ended. */
public record PendingEdit(Action action, Notice notice) {

  /**
   * When an edit counts from.
   *
   * @param at when it was noticed: fires that had not started by then belong to the new values
   * @param pastDate the one time of a new schedule that lies between that look and the one before:
   *     it fires though it is past; empty for none
   */
  public record Notice(Instant at, Optional<Instant> pastDate) {
    public static Notice at(Instant at) {
      return new Notice(at, Optional.empty());
    }
  }
}
