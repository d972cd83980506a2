package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionDatabase;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.source.Phases;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.source.rest.RestSource;
import io.actionscheduler.store.ClusterStore;
import io.actionscheduler.store.Stores;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.text.CronReader;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that the settings name, for commands and the HTTP API. Each part is opened once, when
 * it is first used, and closed with this object. Safe for use by many threads.
 */
public final class Parts implements AutoCloseable {
  private volatile Settings settings;
  private final KnownNames names;
  private final InstantSource clock;
  private final CronReader crons;
  private final Databases databases;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private ActionTable table; // null until it is first used, as are those below
  private List<RestSource> restSources;
  private Store store;
  private JobProcesses processes;
  private Phases phases;
  private CalendarsInForce calendars;

  /** For a process beside the scheduler. */
  public Parts(Settings settings, InstantSource clock) {
    this(
        settings,
        clock,
        new Databases(
            Stream.concat(settings.actionsDb().stream(), settings.internalDb().stream()).toList()));
    closing.push(databases::close);
  }

  private Parts(Settings settings, InstantSource clock, Databases databases) {
    this.settings = requireNonNull(settings, "settings is null");
    this.names = new KnownNames(settings.names());
    this.clock = requireNonNull(clock, "clock is null");
    this.crons = CronReaders.of(settings);
    this.databases = requireNonNull(databases, "databases is null");
  }

  /**
   * For the process of the scheduler itself.
   *
   * @param databases that it opened; they stay open when this is closed
   * @param store its own; it stays open, too
   * @param processes of its callbacks; they stay open, too
   * @param calendars as the engine has them
   */
  public static Parts ofScheduler(
      Settings settings,
      InstantSource clock,
      Databases databases,
      Store store,
      JobProcesses processes,
      CalendarsInForce calendars) {
    Parts parts = new Parts(settings, clock, databases);
    parts.processes = requireNonNull(processes, "processes is null");
    parts.store = requireNonNull(store, "store is null");
    parts.calendars = requireNonNull(calendars, "calendars is null");
    return parts;
  }

  public Settings settings() {
    return settings;
  }

  /**
   * Uses other settings from now on: rows may name other callbacks and calendars. What was opened
   * before stays as it is.
   */
  public void use(Settings reloaded) {
    settings = requireNonNull(reloaded, "reloaded is null");
    names.use(reloaded.names());
  }

  /** The callbacks and calendars that rows may name; they follow {@link #use}. */
  public KnownNames names() {
    return names;
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
    return new RowReader(crons, settings.rowDefaults(names));
  }

  /**
   * A new reader of rows as the scheduler has them in force: intervals that the Python program
   * began keep their phase, as far as the store can tell. For one thread.
   */
  public RowReader inForceReader() {
    return new RowReader(crons, settings.rowDefaults(names), phases());
  }

  private synchronized Phases phases() {
    if (phases == null) {
      try {
        phases = new Phases(store().apschedulerNextRuns());
      } catch (StoreException e) {
        return Phases.NONE; // reported by whatever needs the store
      }
    }
    return phases;
  }

  /**
   * The action table, for listing and editing.
   *
   * @throws SourceException where the settings name none
   */
  public synchronized ActionTable table() throws SourceException {
    if (table == null) {
      DatabaseSettings at = settings.actionsDb().orElseThrow(Parts::noTable);
      ActionDatabase database = ActionDatabase.of(at, shared(at), settings.echoSql());
      closing.push(database::close);
      table = new ActionTable(database, rowReader());
    }
    return table;
  }

  private static SourceException noTable() {
    return SourceException.misconfigured(
        "actions_db: not set, so there is no action table; set it, or use the REST service that"
            + " lists the actions",
        null);
  }

  /** The file of {@code at}, if this process has its store in the same file. */
  private Optional<SqliteFile> shared(DatabaseSettings at) throws SourceException {
    try {
      return databases.isShared(at) && store != null
          ? Optional.of(databases.sqlite(at))
          : Optional.empty();
    } catch (SQLException e) {
      throw SourceException.misconfigured(at.label() + ": " + e.getMessage(), e);
    }
  }

  /** The names of the sources in the settings: the table first. */
  public static List<String> sourcesOf(Settings settings) {
    return Stream.concat(
            settings.actionsDb().stream().map(table -> TableSource.NAME),
            settings.restSources().stream().map(RestSettings::name))
        .toList();
  }

  /**
   * The REST services that list actions, each for one thread at a time. A request that fails is not
   * repeated, since a person waits.
   */
  public synchronized List<RestSource> restSources() {
    if (restSources == null) {
      restSources =
          settings.restSources().stream()
              .map(rest -> new RestSource(rest.askedOnce(), crons, names))
              .toList();
      restSources.forEach(source -> closing.push(source::close));
    }
    return restSources;
  }

  /**
   * The internal store; a process beside the scheduler does not own it, and mainly reads it.
   *
   * @throws StoreException when it cannot be opened or read
   */
  public synchronized Store store() throws StoreException {
    if (store == null) {
      Store opened = Stores.open(settings.internalDb(), databases, crons, clock);
      closing.push(opened::close);
      StoredLaws.restore(opened);
      store = opened;
    }
    return store;
  }

  /**
   * Which processes the cluster of the settings has now.
   *
   * @return empty where none of them ever used the store
   * @throws StoreException when the store cannot be read
   */
  public Optional<ClusterState> cluster() throws StoreException {
    DatabaseSettings at = settings.internalDb().orElseThrow();
    try (ClusterStore store = new ClusterStore(at, databases, Shards.standard(), () -> {})) {
      return store.state();
    }
  }

  /**
   * The calendars of the settings, with their files.
   *
   * @throws SourceException when a file of one cannot be read or understood
   */
  public synchronized CalendarsInForce calendars() throws SourceException {
    if (calendars == null) {
      try {
        calendars = CalendarFiles.open(settings.calendars()).inForce();
      } catch (CalendarFault e) {
        throw SourceException.misconfigured(e.getMessage(), e);
      }
    }
    return calendars;
  }

  /** What callbacks that start processes share. */
  public synchronized JobProcesses processes() {
    if (processes == null) {
      JobProcesses made = JobProcesses.of(settings);
      closing.push(made::close);
      processes = made;
    }
    return processes;
  }

  @Override
  public synchronized void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
