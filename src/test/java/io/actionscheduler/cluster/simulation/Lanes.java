package io.actionscheduler.cluster.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far the actions of one shard are in a process: each fires every second. */
final class Lanes {
  private static final int AT_ONCE = 3; // of one action that is behind

  private final Map<Integer, Long> settled = new HashMap<>();

  /**
   * @param rows the actions of the shard
   * @param recalled how far they are known to be
   */
  Lanes(List<Integer> rows, Map<Integer, Long> recalled) {
    rows.forEach(action -> settled.put(action, recalled.getOrDefault(action, 0L)));
  }

  List<TransactionLog.Fired> due(long now, long last) {
    List<TransactionLog.Fired> due = new ArrayList<>();
    settled.forEach(
        (action, until) -> {
          for (long s = until + 1;
              s <= Math.min(until + AT_ONCE, Math.min(last, now / 1000));
              s++) {
            due.add(new TransactionLog.Fired(action, s, now));
          }
        });
    return due;
  }

  void settle(List<TransactionLog.Fired> fires) {
    fires.forEach(fire -> settled.merge(fire.action(), fire.second(), Math::max));
  }

  Map<Integer, Long> progress() {
    return new HashMap<>(settled);
  }
}
