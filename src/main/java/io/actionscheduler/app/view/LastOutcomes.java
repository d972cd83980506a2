package io.actionscheduler.app.view;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.StoreException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results of the latest fires of some actions. */
public final class LastOutcomes {
  private LastOutcomes() {}

  /**
   * The latest record of each action, by its id; none for an action without one. For a page of
   * actions, not for all.
   *
   * @throws StoreException when the store cannot be read
   */
  public static Map<ActionId, Entry> of(HistoryStore history, Collection<ActionId> actions)
      throws StoreException {
    Map<ActionId, Entry> latest = new LinkedHashMap<>();
    history
        .recentRuns(actions, 1)
        .forEach((id, entries) -> entries.forEach(entry -> latest.put(id, entry)));
    return latest;
  }
}
