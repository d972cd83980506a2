package io.actionscheduler.engine.clock;

import java.time.Instant;

/** Wakes the engine at the moment that it asked for. */
public interface Alarm extends AutoCloseable {

  /** Sets what is called at that moment, on a thread of the alarm; it has to return at once. */
  void onRing(Runnable wake);

  /**
   * Asks for one call at {@code at}, or at once when that is past; replaces the previous request.
   * The call is never early by the wall clock.
   */
  void set(Instant at);

  @Override
  void close();
}
