package io.actionscheduler.engine;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the engine treats fires.
 *
 * @param callbacks every named callback
 * @param catchUpMax missed fires of one action that are delivered at most; empty: no limit
 * @param holdBacklog how long the missed fires of a start wait for an operator; empty: they do not
 * @param shutdownTimeout how long a stop waits for fires under way
 * @param failuresOnly whether the history leaves out successful runs
 * @param calendars which fires are left out, and when nothing is delivered
 */
public record EngineSettings(
    List<NamedCallbackSettings> callbacks,
    Optional<Long> catchUpMax,
    Optional<Duration> holdBacklog,
    Duration shutdownTimeout,
    boolean failuresOnly,
    CalendarsInForce calendars) {
  public EngineSettings {
    callbacks = List.copyOf(callbacks);
    requireNonNull(catchUpMax, "catchUpMax is null");
    requireNonNull(holdBacklog, "holdBacklog is null");
    requireNonNull(shutdownTimeout, "shutdownTimeout is null");
    requireNonNull(calendars, "calendars is null");
  }

  /** Where there is no calendar. */
  public EngineSettings(
      List<NamedCallbackSettings> callbacks,
      Optional<Long> catchUpMax,
      Optional<Duration> holdBacklog,
      Duration shutdownTimeout,
      boolean failuresOnly) {
    this(
        callbacks,
        catchUpMax,
        holdBacklog,
        shutdownTimeout,
        failuresOnly,
        new CalendarsInForce(Calendars.NONE));
  }
}
