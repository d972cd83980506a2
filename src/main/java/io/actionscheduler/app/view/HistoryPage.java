package io.actionscheduler.app.view;

import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of the history, the latest record first.
 *
 * @param retrying fires that run, or were attempted and wait for their next attempt; on the first
 *     page only
 * @param next the value of {@code before} for the next page; empty on the last one
 */
public record HistoryPage(List<Run> retrying, List<Entry> entries, OptionalLong next) {
  public HistoryPage {
    retrying = List.copyOf(retrying);
    entries = List.copyOf(entries);
  }

  /**
   * Reads a page.
   *
   * @param before only records with a smaller number; empty: the first page
   * @param most records, and fires in retry, at most; 1 or more
   * @throws StoreException when the store cannot be read
   */
  public static HistoryPage read(Store store, Filter filter, OptionalLong before, int most)
      throws StoreException {
    List<Run> retrying = before.isPresent() ? List.of() : unfinished(store, filter, most);
    // One more than asked for shows whether there is a next page.
    List<Entry> found =
        new ArrayList<>(store.history(filter, before.orElse(Long.MAX_VALUE), most + 1));
    if (found.size() <= most) {
      return new HistoryPage(retrying, found, OptionalLong.empty());
    }
    List<Entry> entries = found.subList(0, most);
    return new HistoryPage(
        retrying, entries, OptionalLong.of(entries.get(entries.size() - 1).number()));
  }

  /** Fires that run, and those that wait for their next attempt. */
  private static List<Run> unfinished(Store store, Filter filter, int most) throws StoreException {
    List<Run> unfinished = new ArrayList<>(RunningRuns.of(store, filter, most));
    unfinished.addAll(RetryingRuns.of(store, filter, most - unfinished.size()));
    return unfinished;
  }
}
