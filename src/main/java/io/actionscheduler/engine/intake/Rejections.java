package io.actionscheduler.engine.intake;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs rows that cannot be understood: each of them once, and again when its fault changes. */
final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final int TOLD_AT_ONCE = 100;

  private Map<ActionId, String> told = Map.of();

  /** The first of them, in ascending order of their ids. */
  List<Rejection> first(int most) {
    return told.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(most)
        .map(one -> new Rejection(one.getKey(), one.getValue()))
        .toList();
  }

  /** Of all of them; a report puts another set in its place. */
  Set<ActionId> ids() {
    return told.keySet();
  }

  /**
   * @param running the rejected rows whose last valid form stays in force
   */
  void report(List<Rejection> rejections, Set<ActionId> running) {
    Map<ActionId, String> now = new HashMap<>();
    int fresh = 0;
    for (Rejection rejection : rejections) {
      now.put(rejection.id(), rejection.message());
      if (!rejection.message().equals(told.get(rejection.id())) && fresh++ < TOLD_AT_ONCE) {
        LOG.atWarn()
            .addKeyValue("action", rejection.id())
            .log(
                "{}{}",
                rejection.message(),
                running.contains(rejection.id()) ? "; its last valid form stays in force" : "");
      }
    }
    if (fresh > TOLD_AT_ONCE) {
      LOG.warn("{} more rows are rejected; list them with: validate", fresh - TOLD_AT_ONCE);
    }
    told = now;
  }
}
