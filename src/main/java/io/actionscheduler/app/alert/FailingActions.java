package io.actionscheduler.app.alert;

import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how often in a row the fires of an action failed permanently, at each of its callbacks.
 * Only a delivery or a permanent failure counts; a merged, skipped or expired fire changes nothing.
 * For one thread.
 */
final class FailingActions {
  private final int limit;
  private final Map<ProgressKey, Integer> inARow = new HashMap<>();
  private final Map<ProgressKey, Run> raised = new LinkedHashMap<>();
  private final Map<ProgressKey, Run> recovered = new LinkedHashMap<>();

  /**
   * @param limit as many failures in a row make an action a failing one; at least 1
   */
  FailingActions(int limit) {
    this.limit = limit;
  }

  void ended(Run run) {
    ProgressKey action = run.key();
    switch (run.status()) {
      case FAILED -> {
        if (inARow.merge(action, 1, Integer::sum) == limit && recovered.remove(action) == null) {
          raised.put(action, run.withoutOutput());
        }
      }
      case SUCCESS -> {
        Integer failures = inARow.remove(action);
        if (failures != null && failures >= limit && raised.remove(action) == null) {
          recovered.put(action, run.withoutOutput());
        }
      }
      case EXPIRED, MERGED, SKIPPED, SUPERSEDED, RUNNING, RETRYING -> {
        // neither a delivery nor a permanent failure
      }
    }
  }

  /** The failure that reached the limit, of each action that did so since the last call. */
  List<Run> takeRaised() {
    return take(raised);
  }

  /** The delivery that ended the failures, of each action that recovered since the last call. */
  List<Run> takeRecovered() {
    return take(recovered);
  }

  private static List<Run> take(Map<ProgressKey, Run> runs) {
    List<Run> taken = new ArrayList<>(runs.values());
    runs.clear();
    return taken;
  }
}
