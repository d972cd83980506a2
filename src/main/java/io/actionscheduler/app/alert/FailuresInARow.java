package io.actionscheduler.app.alert;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Counts how often in a row the fires of an action failed permanently, at each of its callbacks.
 * Only a delivery or a permanent failure counts; a merged, skipped or expired fire changes nothing.
 * For one thread.
 */
final class FailuresInARow {
  private static final int FEW = 100;

  private final ToIntFunction<Run> before;
  private final Map<ProgressKey, Integer> inARow = new HashMap<>();
  private int mostBeforeALook = FEW;

  /**
   * @param before gives the failures in a row that came before the first one that is counted of an
   *     action
   */
  FailuresInARow(ToIntFunction<Run> before) {
    this.before = before;
  }

  /** Counts {@code failure}; gives how many there are in a row now. */
  int failed(Run failure) {
    Integer known = inARow.get(failure.key());
    int failures = 1 + (known == null ? before.applyAsInt(failure) : known);
    inARow.put(failure.key(), failures);
    return failures;
  }

  /** A delivery ended a row; gives how many failures it had. */
  int delivered(ProgressKey key) {
    Integer failures =
        inARow.replace(key, 0); // 0 is known: earlier failures are not asked for again
    return failures == null ? 0 : failures;
  }

  /** Begins a new row, for which earlier failures do not count. */
  void restart(ProgressKey key) {
    inARow.put(key, 0);
  }

  /** Counts anew, as for an action that is new. */
  void forget(ProgressKey key) {
    inARow.remove(key);
  }

  /**
   * Drops the counts of actions that no source has any more. May be called often: it only searches
   * when there are twice as many counts as after the last time.
   */
  void keepOnly(Collection<SourceStatus> sources) {
    if (inARow.size() < mostBeforeALook) {
      return;
    }
    Set<ActionId> counted = new HashSet<>();
    inARow.keySet().forEach(key -> counted.add(key.action()));
    Set<ActionId> there = new HashSet<>();
    for (SourceStatus source : sources) {
      for (Action action : source.actions()) {
        if (counted.contains(action.id())) {
          there.add(action.id());
        }
      }
    }
    inARow.keySet().removeIf(key -> !there.contains(key.action()));
    mostBeforeALook = Math.max(FEW, 2 * inARow.size());
  }

  /** The number of actions, at each of their callbacks, that it knows. */
  int size() {
    return inARow.size();
  }
}
