package io.actionscheduler.engine.record;

import java.util.HashSet;
import java.util.Set;

/**
 * Why something is unavailable. Each reason is logged once per outage, however often it alternates
 * with others: "connection refused" and "wrong password" need different remedies.
 */
public final class OutageReasons {
  private static final int MOST = 20;

  private final Set<String> told = new HashSet<>();

  /** Whether {@code reason} was not logged yet in this outage; it counts as logged from now on. */
  public boolean isNew(String reason) {
    // Ports, durations and times differ from one try to the next; status codes have three digits.
    String kind = String.valueOf(reason).replaceAll("\\b(?!\\d{3}\\b)\\d+", "#");
    return told.size() < MOST && told.add(kind);
  }

  /** The outage is over. */
  public void clear() {
    told.clear();
  }
}
