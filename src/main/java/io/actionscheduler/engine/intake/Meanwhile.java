package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Receives what differs in a source between the last reading of an earlier run and a start. */
@FunctionalInterface
public interface Meanwhile {
  /** So many differences are given at most. */
  int MOST = 1_000;

  /**
   * Called once, on the thread of the source, where anything differs.
   *
   * @param since when the earlier run read the source for the last time
   */
  void changed(List<Difference> differences, Instant since);

  /**
   * An action that is not as it was.
   *
   * @param before empty where it was added
   * @param after empty where it was removed
   */
  record Difference(Optional<Action> before, Optional<Action> after) {
    public Difference {
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }
}
