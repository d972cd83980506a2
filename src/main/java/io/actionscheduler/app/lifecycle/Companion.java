package io.actionscheduler.app.lifecycle;

import io.actionscheduler.config.Settings;
import java.io.IOException;
import java.util.function.Supplier;

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
    return new Both(this, other);
  }

  /**
   * Starts while another process is the owner of the store; closed before {@link #start}.
   *
   * @param status how the store was found last; from any thread
   * @throws IOException with a message for people: the program ends
   */
  default Started standBy(Settings settings, Supplier<StandbyStatus> status) throws IOException {
    return () -> {};
  }

  /** To be closed. */
  @FunctionalInterface
  interface Started extends AutoCloseable {
    @Override
    void close();
  }
}
