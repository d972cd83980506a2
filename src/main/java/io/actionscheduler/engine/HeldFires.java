package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Backlog;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Missed fires of an action that wait for an operator.
 *
 * @param after they are scheduled after this moment
 * @param upTo the last of them
 */
public record HeldFires(Action action, String callback, Instant after, Instant upTo) {
  public HeldFires {
    requireNonNull(action, "action is null");
    requireNonNull(callback, "callback is null");
    requireNonNull(after, "after is null");
    requireNonNull(upTo, "upTo is null");
  }

  static Stream<HeldFires> of(ActionProgress progress) {
    return Backlog.undecided(progress).stream()
        .map(
            held ->
                new HeldFires(progress.action(), progress.callback(), held.after(), held.upTo()));
  }
}
