package io.actionscheduler.app.alert;

import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Actions whose latest fires failed for good, with the number of failures in a row, at each
 * callback by itself. Whatever is not a delivery or a failure (a merged, skipped or expired fire)
 * changes nothing. For one thread.
 */
final class FailingActions {
  private final int limit;
  private final Map<ProgressKey, Integer> inARow = new HashMap<>();
  private final Map<ProgressKey, Run> raised = new LinkedHashMap<>();
  private final Map<ProgressKey, Run> recovered = new LinkedHashMap<>();

  /**
   * @param limit failures in a row from which on an action counts as failing; at least 1
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
        // the target did not answer in one way or the other
      }
    }
  }

  /** The last failure of each action that has begun to fail since this was asked before. */
  List<Run> takeRaised() {
    return take(raised);
  }

  /** The delivery of each action that no longer fails. */
  List<Run> takeRecovered() {
    return take(recovered);
  }

  private static List<Run> take(Map<ProgressKey, Run> runs) {
    List<Run> taken = new ArrayList<>(runs.values());
    runs.clear();
    return taken;
  }
}
