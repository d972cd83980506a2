package io.actionscheduler.app.alert;

import io.actionscheduler.app.alert.Alert.Kind;
import io.actionscheduler.app.alert.Alert.State;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the actions whose failures in a row reach a limit, and those that recover. For one thread.
 */
final class FailingActions {
  private static final int NAMED = 5;

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
   * The alerts that follow from the runs since the last call: one for all actions that reached the
   * limit, and one for all that recovered. What is counted of actions that no source has is
   * dropped.
   */
  List<Alert> changes(Seen seen) {
    inARow.keepOnly(seen.sources());
    List<Alert> changes = new ArrayList<>();
    List<Run> failed = take(raised);
    if (!failed.isEmpty()) {
      changes.add(
          new Alert(
              Kind.FAILING,
              State.RAISED,
              subject(failed),
              seen.now(),
              failed(failed),
              "Look at \"history --status failed\"; fix the command or its target, then run \"fire "
                  + failed.get(0).key().action()
                  + "\""));
    }
    List<Run> well = take(recovered);
    if (!well.isEmpty()) {
      String text =
          named(well, FailingActions::label)
              + (well.size() == 1 ? " delivers again" : " deliver again");
      changes.add(new Alert(Kind.FAILING, State.RECOVERED, subject(well), seen.now(), text, ""));
    }
    return changes;
  }

  private static String failed(List<Run> runs) {
    return runs.size() == 1
        ? label(runs.get(0)) + " failed for good: " + runs.get(0).error()
        : runs.size()
            + " actions failed for good: "
            + named(runs, run -> label(run) + ": " + run.error());
  }

  private static String subject(List<Run> runs) {
    return runs.size() == 1 ? "action " + runs.get(0).key().action() : runs.size() + " actions";
  }

  /** As messages name the action of a run: {@code action 7 "nightly report"}. */
  static String label(Run run) {
    return "action " + run.key().action() + " \"" + run.actionName() + "\"";
  }

  private static String named(List<Run> runs, Function<Run, String> name) {
    String first = runs.stream().limit(NAMED).map(name).collect(Collectors.joining("; "));
    return runs.size() <= NAMED ? first : first + "; and " + (runs.size() - NAMED) + " more";
  }

  private static List<Run> take(Map<ProgressKey, Run> runs) {
    List<Run> taken = new ArrayList<>(runs.values());
    runs.clear();
    return taken;
  }
}
