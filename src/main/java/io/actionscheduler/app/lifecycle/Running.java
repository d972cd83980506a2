package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Store;
import io.actionscheduler.source.ActionTable;
import java.util.List;
import java.util.Optional;

/**
 * The scheduler that runs, for what runs beside it.
 *
 * @param parts of this scheduler
 * @param table whose rows are scheduled as soon as they are written; empty where the settings name
 *     none
 * @param health how what is around the engine stands
 * @param exit by which it may be ended
 */
public record Running(
    Parts parts,
    Store store,
    Engine engine,
    Optional<ActionTable> table,
    Health health,
    Exit exit) {

  /** How what is around the engine stands; from any thread. */
  public interface Health {
    /** Whether actions are in force. */
    boolean isReady();

    /** Every source, in the order of the settings. */
    List<SourceStatus> sources();
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
