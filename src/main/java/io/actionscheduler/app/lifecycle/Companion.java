package io.actionscheduler.app.lifecycle;

import java.io.IOException;

/** What runs beside the scheduler and is closed before it: the HTTP API. */
@FunctionalInterface
public interface Companion {
  /** Nothing at all. */
  Companion NONE = running -> () -> {};

  /**
   * Starts before the first action is scheduled.
   *
   * @throws IOException with a message for people: the program ends
   */
  Started start(Running running) throws IOException;

  /** To be closed. */
  @FunctionalInterface
  interface Started extends AutoCloseable {
    @Override
    void close();
  }
}
