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
 * Follows the history: each record once, as it comes. Records need not come in the order of their
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

  /** The latest records, {@code most} at most, latest last; to begin with. */
  public List<Entry> latest(int most) throws StoreException {
    List<Entry> latest = store.history(filter, Long.MAX_VALUE, Math.max(most, BACK));
    latest.forEach(entry -> seen.add(entry.number()));
    forget();
    List<Entry> shown = new ArrayList<>(latest.subList(0, Math.min(most, latest.size())));
    Collections.reverse(shown);
    return shown;
  }

  /** The records since the previous call; there may be more. */
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
