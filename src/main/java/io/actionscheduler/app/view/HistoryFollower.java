package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Follows the history: gives each new record once. Records need not come in the order of their
 * numbers: on PostgreSQL one of two writers may take its numbers first and commit last. So each
 * read begins a little before the highest number seen.
 */
public final class HistoryFollower {
  private static final int BACK = 500;
  private static final int MOST = 10_000;

  private final HistoryStore store;
  private final Filter filter;
  private final TreeSet<Long> seen = new TreeSet<>(); // how far each read goes back

  public HistoryFollower(HistoryStore store, Filter filter) {
    this.store = requireNonNull(store, "store is null");
    this.filter = requireNonNull(filter, "filter is null");
  }

  /**
   * The latest records to begin with, at most {@code most}, latest last.
   *
   * @throws StoreException when the store cannot be read
   */
  public List<Entry> latest(int most) throws StoreException {
    List<Entry> latest = store.history(filter, Long.MAX_VALUE, Math.max(most, BACK));
    latest.forEach(entry -> seen.add(entry.number()));
    forget();
    List<Entry> shown = new ArrayList<>(latest.subList(0, Math.min(most, latest.size())));
    Collections.reverse(shown);
    return shown;
  }

  /**
   * Records since the previous call; further ones may be left for the next call.
   *
   * @throws StoreException when the store cannot be read
   */
  public List<Entry> next() throws StoreException {
    List<Entry> next =
        store.historyAfter(filter, lookBack(), MOST).stream()
            .filter(entry -> seen.add(entry.number()))
            .toList();
    forget();
    return next;
  }

  private long lookBack() {
    return seen.isEmpty() ? 0 : seen.last() - BACK;
  }

  private void forget() {
    seen.headSet(lookBack(), true).clear();
  }
}
