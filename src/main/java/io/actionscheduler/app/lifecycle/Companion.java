package io.actionscheduler.app.lifecycle;

import io.actionscheduler.config.Settings;
import java.io.IOException;
import java.util.function.Supplier;

/** A part that runs beside the scheduler and is closed before it: the HTTP API, alerts. */
@FunctionalInterface
public interface Companion {
  /** Does nothing. */
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
   * @param status the store, as it was found at the last check; may be called by any thread
   * @throws IOException with a message for people: the program ends
   */
  default Started standBy(Settings settings, Supplier<StandbyStatus> status) throws IOException {
    return () -> {};
  }

  /** A started companion, to be closed. */
  @FunctionalInterface
  interface Started extends AutoCloseable {
    @Override
    void close();
  }
}
