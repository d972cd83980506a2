package io.actionscheduler.app;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.config.DatabaseSettings;
import io.actionscheduler.config.DatabaseSettings.Dialect;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.db.SqliteFile;
import io.actionscheduler.engine.ActionSync;
import io.actionscheduler.engine.ClockWatch;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.EngineSettings;
import io.actionscheduler.engine.Opening;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.quartz.QuartzAlarm;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.source.ActionDatabase;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.store.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler as a whole: builds its parts, runs them and closes them in reverse order. */
public final class App {
  private static final Logger LOG = LoggerFactory.getLogger(App.class);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Settings settings;
  private final Path configFile;
  private final InstantSource clock;
  private final Exit exit = new Exit();
  private final Patience patience = new Patience(exit);

  /**
   * @param configFile whose folder may hold sample actions
   */
  public App(Settings settings, Path configFile, InstantSource clock) {
    this.configFile = requireNonNull(configFile, "configFile is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Runs until it is asked to stop, by a signal or because it cannot go on.
   *
   * @return the exit code: 0 after an orderly stop, 1 when something failed, 2 when settings are
   *     wrong
   */
  public int run(String version) throws InterruptedException {
    Summary.settings(settings, version);
    Signals.onStop(exit::stop);
    try (Databases databases = new Databases(databaseSettings());
        Outlets outlets = Outlets.of(settings, clock, exit)) {
      return withStore(databases, outlets);
    } catch (InvalidConfig e) {
      e.problems().forEach(problem -> LOG.error("{}", problem));
      return 2;
    } catch (OwnedElsewhere e) {
      LOG.error("{}", e.getMessage());
      return 1;
    } catch (StoreException e) {
      LOG.error("{}", e.getMessage());
      return e.isMisconfigured() ? 2 : 1;
    } catch (SourceException e) {
      LOG.error("{}", e.getMessage());
      return e.isMisconfigured() ? 2 : 1;
    }
  }

  private List<DatabaseSettings> databaseSettings() {
    List<DatabaseSettings> all = new ArrayList<>(List.of(settings.actionsDb()));
    settings.internalDb().ifPresent(all::add);
    return all;
  }

  private int withStore(Databases databases, Outlets outlets)
      throws InterruptedException, OwnedElsewhere, StoreException, SourceException {
    try (Store store =
        Stores.open(settings.internalDb(), databases, CronReaders.of(settings), clock)) {
      boolean owned =
          patience.until(
              () -> store.own(() -> exit.fail("another scheduler may own " + store.label())));
      return owned ? withSource(databases, store, outlets) : exit.await();
    }
  }

  private int withSource(Databases databases, Store store, Outlets outlets)
      throws InterruptedException, StoreException, SourceException {
    try (ActionDatabase table = actionDatabase(databases);
        ActionSource source = new TableSource(table, rowReader(outlets))) {
      boolean first = store.snapshotReadAt(source.name()).isEmpty();
      ActionSync sync = new ActionSync(source, store, clock);
      Optional<Opening> opening =
          patience.untilRead(
              () -> {
                Map<ActionId, Instant> nextRuns = store.apschedulerNextRuns();
                writeSamplesIfAsked(table, outlets);
                Opening read = sync.open(settings.snapshotMaxAge(), nextRuns, this::timing);
                if (first && !nextRuns.isEmpty()) {
                  new DialectReport(settings.timezone(), clock.instant())
                      .tell(new ActionTable(table, rowReader(outlets)));
                }
                return read;
              },
              first);
      if (first && opening.filter(at -> !at.nextRuns().isEmpty()).isPresent()) {
        DialectNotice.tell(settings, new ActionTable(table, rowReader(outlets)), clock.instant());
      }
      return opening.isPresent() ? serve(store, outlets, sync, opening.get()) : exit.await();
    }
  }

  private int serve(Store store, Outlets outlets, ActionSync sync, Opening opening)
      throws InterruptedException, StoreException {
    try (QuartzAlarm alarm = new QuartzAlarm(clock);
        Engine engine = new Engine(engineSettings(outlets), store, alarm, clock, this::defect);
        Ticks ticks = new Ticks(exit)) {
      if (begun(engine, opening)) {
        outlets.warmUp();
        ticks.watch(new ClockWatch(clock, System::nanoTime, engine::clockStepped));
        ticks.sync(sync, engine, settings.trackChangesPeriod(), afterEachSync(engine));
        if (settings.actionsDb().dialect() == Dialect.POSTGRESQL) {
          ticks.listen(settings.actionsDb(), sync, engine);
        }
        engine.status().thenAccept(status -> Summary.ready(status, settings.timezone()));
      }
      return exit.await();
    }
  }

  private Runnable afterEachSync(Engine engine) {
    return settings.printSchedule()
        ? new ScheduleListing(engine, settings.timezone(), System.err)::print
        : () -> {};
  }

  /** Waits until everything is scheduled; false when the program was asked to stop meanwhile. */
  private boolean begun(Engine engine, Opening opening)
      throws InterruptedException, StoreException {
    CompletableFuture<Void> ready = engine.begin(opening);
    while (!exit.isAsked()) {
      try {
        ready.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        LOG.debug("progress of new actions is still being written");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StoreException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return false;
  }

  private EngineSettings engineSettings(Outlets outlets) {
    return new EngineSettings(
        outlets.settings(),
        settings.catchUpMax(),
        settings.shutdownTimeout(),
        settings.history().failuresOnly());
  }

  private ActionDatabase actionDatabase(Databases databases) throws SourceException {
    DatabaseSettings at = settings.actionsDb();
    try {
      Optional<SqliteFile> shared =
          databases.isShared(at) ? Optional.of(databases.sqlite(at)) : Optional.empty();
      return ActionDatabase.of(at, shared, settings.echoSql());
    } catch (SQLException e) {
      throw SourceException.misconfigured(at.label() + ": " + e.getMessage(), e);
    }
  }

  private RowReader rowReader(Outlets outlets) {
    return new RowReader(
        CronReaders.of(settings),
        new RowDefaults(
            settings.mergeMissed(),
            settings.actualityTime(),
            settings.timezone(),
            List.of(settings.callback()),
            outlets.names()));
  }

  private void writeSamplesIfAsked(ActionDatabase table, Outlets outlets) throws SourceException {
    if (settings.writeSampleActions()) {
      try {
        SampleRows.write(configFile, new ActionTable(table, rowReader(outlets)));
      } catch (InvalidConfig | InvalidRow e) {
        throw SourceException.misconfigured(e.getMessage(), e);
      }
    }
  }

  private Optional<Timing> timing(String cron, String zone) {
    try {
      return Optional.of(CronReaders.of(settings).read(cron, ZoneId.of(zone)));
    } catch (InvalidSchedule | DateTimeException e) {
      LOG.warn(
          "a kept schedule can't be understood any more: {} in {}: {}", cron, zone, e.getMessage());
      return Optional.empty();
    }
  }

  private void defect(Throwable defect) {
    LOG.error("a defect of the engine", defect);
    exit.fail("a defect of the engine: " + defect);
  }
}
