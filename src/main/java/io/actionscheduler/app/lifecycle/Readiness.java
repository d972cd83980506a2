package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;

/**
 * Decides when the program is ready: when actions are in force, and every source has either begun
 * or is known to be unavailable. Safe for use by many threads.
 */
final class Readiness {
  private final Set<String> awaited;
  private final Runnable ready;
  private boolean begun;
  private boolean told;

  /**
   * @param sources the names of all
   * @param ready runs once
   */
  Readiness(Set<String> sources, Runnable ready) {
    this.awaited = new HashSet<>(sources);
    this.ready = requireNonNull(ready, "ready is null");
  }

  /** The actions of {@code source} are in force. */
  synchronized void begun(String source) {
    begun = true;
    settled(source);
  }

  /** {@code source} is unavailable; the program is ready without it. */
  synchronized void unavailable(String source) {
    settled(source);
  }

  /** Whether the program is ready. */
  synchronized boolean isReady() {
    return told;
  }

  private void settled(String source) {
    awaited.remove(source);
    if (begun && awaited.isEmpty() && !told) {
      told = true;
      ready.run();
    }
  }
}
