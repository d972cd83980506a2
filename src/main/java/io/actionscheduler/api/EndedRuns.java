package io.actionscheduler.api;

import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page of the history, read in parts. An output may have 64 KiB: a page of 500 of them, asked
 * for by a few clients at the same time, would fill the memory of the scheduler.
 *
 * @param entries without their outputs
 * @param views of the same, as the API shows them
 */
record EndedRuns(List<Entry> entries, List<Map<String, Object>> views) {
  /** The most characters of outputs in one page: at least 32 whole ones. */
  private static final int ROOM = 2 * 1024 * 1024;

  private static final int PART = 50;

  /**
   * The records that match, latest first.
   *
   * @param before a number: only records with smaller ones; {@code Long.MAX_VALUE} for all
   * @param skip how many of all are left out, where {@code before} is not set
   * @param most how many at most
   */
  static EndedRuns of(HistoryStore store, Filter filter, long before, long skip, int most)
      throws StoreException {
    EndedRuns read = new EndedRuns(new ArrayList<>(), new ArrayList<>());
    long room = ROOM;
    long next = before;
    for (int part = Math.min(PART, most); part > 0; ) {
      List<Entry> found =
          next == Long.MAX_VALUE
              ? store.historyPage(filter, skip, part)
              : store.history(filter, next, part);
      for (Entry entry : found) {
        room = read.add(entry, room);
        next = entry.number();
      }
      part = found.size() < part ? 0 : Math.min(PART, most - read.entries.size());
    }
    return read;
  }

  /** Adds one, and gives the room that is left then. */
  private long add(Entry entry, long room) {
    int length = entry.run().output().length();
    Map<String, Object> view = RunView.of(entry);
    if (length > room) {
      view.put(
          "logs",
          "[left out: this page has more than "
              + ROOM / 1024 / 1024
              + " MiB of logs; GET /api/v1/runs/"
              + entry.number()
              + " shows them]\n");
    }
    entries.add(entry.withoutOutput());
    views.add(view);
    return length > room ? room : room - length;
  }
}
