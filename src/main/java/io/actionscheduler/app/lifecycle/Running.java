package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.fire.Store;
import io.actionscheduler.source.ActionTable;
import java.util.Optional;

/**
 * The scheduler that runs, for what runs beside it.
 *
 * @param parts of this scheduler
 * @param table whose rows are scheduled as soon as they are written; empty where the settings name
 *     none
 * @param exit by which it may be ended
 */
public record Running(
    Parts parts, Store store, Engine engine, Optional<ActionTable> table, Exit exit) {
  public Running {
    requireNonNull(parts, "parts is null");
    requireNonNull(store, "store is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(table, "table is null");
    requireNonNull(exit, "exit is null");
  }
}
