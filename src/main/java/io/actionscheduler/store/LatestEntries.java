package io.actionscheduler.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest entries of the ledger, up to a maximum number. */
final class LatestEntries<T> {
  private final int most;
  private final Map<LedgerPosition, T> entries = new LinkedHashMap<>();

  LatestEntries(int most) {
    this.most = most;
  }

  /** Adds an entry; gives the one that was removed to make room, if any. */
  Optional<T> put(LedgerPosition place, T entry) {
    entries.put(place, entry);
    if (entries.size() <= most) {
      return Optional.empty();
    }
    var oldest = entries.entrySet().iterator();
    T gone = oldest.next().getValue();
    oldest.remove();
    return Optional.of(gone);
  }

  /** All of them by position. */
  List<T> inOrder() {
    return entries.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
