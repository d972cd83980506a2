package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Store;
import io.actionscheduler.source.ActionTable;
import java.util.List;
import java.util.Optional;

/**
 * The running scheduler, as the HTTP API uses it.
 *
 * @param parts of this scheduler
 * @param table for edits, which take effect at once; empty where the settings name none
 * @param health the state of sources, store and callbacks
 * @param exit ends the program
 */
public record Running(
    Parts parts,
    Store store,
    Engine engine,
    Optional<ActionTable> table,
    Health health,
    Exit exit) {

  /** The state of sources, store and callbacks; may be called by any thread. */
  public interface Health {
    /** Whether actions are in force. */
    boolean isReady();

    /** Every source, in the order of the settings. */
    List<SourceStatus> sources();
  }

  /** The calendars as they are in force. */
  public CalendarsInForce calendars() {
    try {
      return parts.calendars();
    } catch (SourceException e) {
      throw new IllegalStateException("the scheduler opened them at its start", e);
    }
  }

  public Running {
    requireNonNull(health, "health is null");
    requireNonNull(parts, "parts is null");
    requireNonNull(store, "store is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(table, "table is null");
    requireNonNull(exit, "exit is null");
  }
}
