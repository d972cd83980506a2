package io.actionscheduler.app.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which conditions hold, and since when. A condition is reported once when it has held for its
 * patience, and once when it ends; one that ends earlier is never reported. For one thread.
 */
final class Conditions {
  private final Map<String, Held> held = new HashMap<>();

  /** How a condition changed. */
  enum Change {
    NONE,
    RAISED,
    RECOVERED
  }

  private static final class Held {
    private final Duration since;
    private boolean told;

    Held(Duration since) {
      this.since = since;
    }
  }

  /**
   * Takes note of whether a condition holds now, and returns what that changes.
   *
   * @param patience how long it has to hold before it is reported; zero: at once
   * @param now on a monotonic clock
   */
  Change seen(String key, boolean holds, Duration patience, Duration now) {
    if (!holds) {
      Held before = held.remove(key);
      return before != null && before.told ? Change.RECOVERED : Change.NONE;
    }
    Held one = held.computeIfAbsent(key, unknown -> new Held(now));
    if (one.told || now.minus(one.since).compareTo(patience) < 0) {
      return Change.NONE;
    }
    one.told = true;
    return Change.RAISED;
  }

  /** Drops what is known of the conditions that begin with {@code prefix}. */
  void forget(String prefix) {
    held.keySet().removeIf(name -> name.startsWith(prefix));
  }

  /** The conditions that hold and begin with {@code prefix}, in the order of their names. */
  Set<String> holding(String prefix) {
    Set<String> names = new TreeSet<>();
    for (String name : held.keySet()) {
      if (name.startsWith(prefix)) {
        names.add(name);
      }
    }
    return names;
  }
}
