package io.actionscheduler.engine.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The fires that wait for their next attempt. Fires that have ended are removed only when the
 * others are counted, so settling a fire costs nothing here. Confined to the engine's thread.
 */
final class Retries {
  private static final int LEAST = 1_000;

  private final Set<Firing> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
  private int room = LEAST;

  /** An attempt of {@code firing} failed, and another one follows at its time. */
  void add(Firing firing) {
    if (waiting.size() >= room) {
      room = Math.max(LEAST, 2 * count());
    }
    waiting.add(firing);
  }

  /** How many wait now. */
  int count() {
    waiting.removeIf(
        firing ->
            firing.open() == null || firing.isRunning() || firing.isQueued() || firing.isSilent());
    return waiting.size();
  }
}
