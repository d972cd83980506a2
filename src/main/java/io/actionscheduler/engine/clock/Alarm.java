package io.actionscheduler.engine.clock;

import java.time.Instant;

/** Calls the engine at the moment it asked for. */
public interface Alarm extends AutoCloseable {

  /** What is called at the moment asked for, on a thread of the alarm's own; it returns at once. */
  void onRing(Runnable wake);

  /**
   * Asks for one call at {@code at}, or at once when that is past; replaces what was asked before.
   * Never early by the wall clock.
   */
  void set(Instant at);

  @Override
  void close();
}
