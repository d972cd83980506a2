package io.actionscheduler.app.view;

import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningStore;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fires that have been running for some seconds. The history has them only when they have ended.
 */
public final class RunningRuns {
  private RunningRuns() {}

  /**
   * Those that match, the longest first; {@code most} at most.
   *
   * @throws StoreException when the store cannot be read
   */
  public static List<Run> of(RunningStore store, Filter filter, int most) throws StoreException {
    List<Run> running = new ArrayList<>();
    if (filter.statuses().isEmpty() || filter.statuses().contains(Run.Status.RUNNING)) {
      store.readRunning(
          run -> {
            if (filter.matches(run) && running.size() < most) {
              running.add(run);
            }
          });
    }
    return running;
  }
}
