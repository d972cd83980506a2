package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionDatabase;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.rest.RestSource;
import io.actionscheduler.store.Stores;
import io.actionscheduler.text.CronReader;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the settings name, for whoever works on it beside the scheduler: commands and the HTTP API.
 * Nothing is opened before it is used; closing closes what was opened.
 */
public final class Parts implements AutoCloseable {
  private final Settings settings;
  private final InstantSource clock;
  private final CronReader crons;
  private final Databases databases;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  public Parts(Settings settings, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.crons = CronReaders.of(settings);
    this.databases =
        new Databases(
            Stream.concat(settings.actionsDb().stream(), settings.internalDb().stream()).toList());
    closing.push(databases::close);
  }

  public Settings settings() {
    return settings;
  }

  public InstantSource clock() {
    return clock;
  }

  /** Reads schedules in the dialect of the settings. */
  public CronReader crons() {
    return crons;
  }

  /** A new reader of rows; for one thread. */
  public RowReader rowReader() {
    return new RowReader(
        crons,
        new RowDefaults(
            settings.mergeMissed(),
            settings.actualityTime(),
            settings.timezone(),
            List.of(settings.callback()),
            settings.callbacks().keySet()));
  }

  /**
   * The action table, for listing and editing.
   *
   * @throws SourceException where the settings name none
   */
  public ActionTable table() throws SourceException {
    DatabaseSettings at =
        settings
            .actionsDb()
            .orElseThrow(
                () ->
                    SourceException.misconfigured(
                        "actions_db: not set, so that there is no action table to work on; add it,"
                            + " or use the REST service that lists the actions",
                        null));
    ActionDatabase database = ActionDatabase.of(at, Optional.empty(), settings.echoSql());
    closing.push(database::close);
    return new ActionTable(database, rowReader());
  }

  /** The REST services that list actions; whoever asked closes them. */
  public List<RestSource> restSources() {
    return settings.restSources().stream()
        .map(rest -> new RestSource(rest, crons, settings.callbacks().keySet()))
        .toList();
  }

  /** The internal store, not owned: to look at, until somebody makes it his own. */
  public Store store() throws StoreException {
    Store store = Stores.open(settings.internalDb(), databases, crons, clock);
    closing.push(store::close);
    return store;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
