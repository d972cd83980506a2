package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.DialectNotice;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.SampleRows;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.db.Databases;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionDatabase;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.source.Phases;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.source.rest.RestSource;
import io.actionscheduler.text.CronReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every source of actions that the settings name: the action table, REST services. */
final class Sources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final Settings settings;
  private final Store store;
  private final KnownNames known;

  /** As the Python program reads rows, whatever the settings say. */
  private static final CronReader THERE = CronReaders.of(UnixDialect.APSCHEDULER);

  private final CronReader crons;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Optional<ShardSet> part;
  private ActionTable written; // null where there is no table

  /** Reads a source for the first time. */
  @FunctionalInterface
  interface Opener {
    SourceStart open(ActionSync sync) throws SourceException, StoreException;
  }

  /**
   * One source.
   *
   * @param isFirst whether no earlier run has read it
   * @param telling the database that may notify changes; empty for none
   * @param written the rows that this program writes to it
   */
  record Entry(
      ActionSource source,
      Opener opener,
      Duration period,
      boolean isFirst,
      Optional<DatabaseSettings> telling,
      WrittenRows written) {}

  /**
   * Opens nothing yet.
   *
   * @param known names of all callbacks and calendars
   * @param part the shards of which this process has the actions of the table; empty: all
   */
  Sources(Settings settings, Store store, KnownNames known, Optional<ShardSet> part) {
    this.part = requireNonNull(part, "part is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.known = requireNonNull(known, "known is null");
    this.crons = CronReaders.of(settings);
    names.addAll(Parts.sourcesOf(settings));
  }

  Set<String> names() {
    return names;
  }

  /** The action table to write to while it is read; empty where the settings name none. */
  Optional<ActionTable> table() {
    return Optional.ofNullable(written);
  }

  List<Entry> all() {
    return entries;
  }

  /** Adds the action table. */
  void add(DatabaseSettings at, Databases databases, Path configFile)
      throws SourceException, StoreException {
    WrittenRows rows = new WrittenRows();
    ActionDatabase database = open(at, databases);
    database.expect(this::hasKeptActions);
    part.flatMap(shards -> shards.condition("id")).ifPresent(database::readOnly);
    closing.push(database::close);
    ActionTable table = new ActionTable(database, rowReader());
    written = ActionTable.telling(database, rowReader(), rows::add);
    boolean first = store.snapshotReadAt(TableSource.NAME).isEmpty();
    ActionSource source =
        new TableSource(
            database,
            new RowReader(
                crons, settings.rowDefaults(known), new Phases(store.apschedulerNextRuns())));
    add(
        part.isPresent() ? new PartOfSource(source, part.get()) : source,
        sync -> {
          writeSamplesIfAsked(table, configFile);
          SourceStart opening = open(sync, TableSource.NAME, store.apschedulerNextRuns());
          if (first && !opening.nextRuns().times().isEmpty()) {
            DialectNotice.tell(settings, table, opening.readAt());
          }
          return opening;
        },
        settings.trackChangesPeriod(),
        Optional.of(at).filter(one -> one.dialect() == Dialect.POSTGRESQL),
        rows);
  }

  private boolean hasKeptActions() throws SourceException {
    AtomicBoolean any = new AtomicBoolean();
    try {
      store.readSnapshot(TableSource.NAME, action -> any.set(true));
    } catch (StoreException e) {
      throw SourceException.unavailable(e.getMessage(), e);
    }
    return any.get();
  }

  /** Adds a REST service. */
  void add(RestSettings rest) throws StoreException {
    add(
        new RestSource(rest, crons, known),
        sync -> open(sync, rest.name(), Map.of()),
        rest.period(),
        Optional.empty(),
        new WrittenRows());
  }

  private void add(
      ActionSource source,
      Opener opener,
      Duration period,
      Optional<DatabaseSettings> telling,
      WrittenRows written)
      throws StoreException {
    closing.push(source::close);
    boolean first = store.snapshotReadAt(source.name()).isEmpty();
    entries.add(new Entry(source, opener, period, first, telling, written));
  }

  private SourceStart open(ActionSync sync, String name, Map<ActionId, Instant> nextRuns)
      throws SourceException, StoreException {
    return sync.open(
        settings.snapshotMaxAge(),
        idsOf(name),
        new NextRuns(nextRuns, THERE::readKept),
        this::timing);
  }

  /**
   * The ids of its actions; those of sources that are no longer in the settings belong to the first
   * source.
   */
  private IdScope idsOf(String name) {
    if (!name.equals(names.iterator().next())) {
      return IdScope.of(name);
    }
    Set<String> others = new LinkedHashSet<>(names);
    others.remove(name);
    IdScope all = IdScope.allBut(others);
    return part.map(all::among).orElse(all);
  }

  private ActionDatabase open(DatabaseSettings at, Databases databases) throws SourceException {
    try {
      Optional<SqliteFile> shared =
          databases.isShared(at) ? Optional.of(databases.sqlite(at)) : Optional.empty();
      return ActionDatabase.of(at, shared, settings.echoSql());
    } catch (SQLException e) {
      throw SourceException.misconfigured(at.label() + ": " + e.getMessage(), e);
    }
  }

  private RowReader rowReader() {
    return new RowReader(crons, settings.rowDefaults(known));
  }

  private void writeSamplesIfAsked(ActionTable table, Path configFile) throws SourceException {
    if (settings.writeSampleActions()) {
      try {
        SampleRows.write(configFile, table);
      } catch (InvalidConfig | InvalidRow e) {
        throw SourceException.misconfigured(e.getMessage(), e);
      }
    }
  }

  private Optional<Timing> timing(String cron, String zone) {
    Optional<Timing> timing = crons.readKept(cron, zone);
    if (timing.isEmpty()) {
      LOG.warn("a stored schedule can no longer be understood: {} in {}", cron, zone);
    }
    return timing;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
