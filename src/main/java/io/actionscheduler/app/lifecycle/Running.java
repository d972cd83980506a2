package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.fire.Store;
import io.actionscheduler.source.ActionTable;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The scheduler that runs, for what runs beside it.
 *
 * @param store read by all, written by the engine
 * @param table whose rows are scheduled as soon as they are written; empty where the settings name
 *     none
 */
public record Running(
    Settings settings,
    InstantSource clock,
    Engine engine,
    Store store,
    Optional<ActionTable> table) {
  public Running {
    requireNonNull(settings, "settings is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(store, "store is null");
    requireNonNull(table, "table is null");
  }
}
