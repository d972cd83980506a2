package io.actionscheduler.app.alert;

import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the actions whose failures in a row reach a limit, and those that recover. For one thread.
 */
final class FailingActions {
  private final int limit;
  private final FailuresInARow inARow = new FailuresInARow(first -> 0);
  private final Map<ProgressKey, Run> raised = new LinkedHashMap<>();
  private final Map<ProgressKey, Run> recovered = new LinkedHashMap<>();

  /**
   * @param limit the number of failures in a row that makes an action a failing one; at least 1
   */
  FailingActions(int limit) {
    this.limit = limit;
  }

  void ended(Run run) {
    ProgressKey action = run.key();
    switch (run.status()) {
      case FAILED -> {
        if (inARow.failed(run) == limit && recovered.remove(action) == null) {
          raised.put(action, run.withoutOutput());
        }
      }
      case SUCCESS -> {
        int failures = inARow.delivered(action);
        inARow.forget(action);
        if (failures >= limit && raised.remove(action) == null) {
          recovered.put(action, run.withoutOutput());
        }
      }
      case EXPIRED, MERGED, SKIPPED, SUPERSEDED, RUNNING, RETRYING -> {
        // neither a delivery nor a permanent failure
      }
    }
  }

  /**
   * The failure that reached the limit, of each action that did so since the last call.
   *
   * @param sources all of them: what is counted of other actions is dropped
   */
  List<Run> takeRaised(Collection<SourceStatus> sources) {
    inARow.keepOnly(sources);
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
