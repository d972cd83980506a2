package io.actionscheduler.app.lifecycle;

import java.io.IOException;

/** What runs beside the scheduler and is closed before it: the HTTP API, and alerts. */
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

  /** This and {@code other}, which starts second and is closed first. */
  default Companion and(Companion other) {
    return running -> {
      Started first = start(running);
      try {
        Started second = other.start(running);
        return () -> {
          try {
            second.close();
          } finally {
            first.close();
          }
        };
      } catch (IOException | RuntimeException e) {
        first.close();
        throw e;
      }
    };
  }

  /** To be closed. */
  @FunctionalInterface
  interface Started extends AutoCloseable {
    @Override
    void close();
  }
}
