package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.parts.StoredLaws;
import io.actionscheduler.app.parts.ZoneSetup;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.Databases;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.EngineSettings;
import io.actionscheduler.engine.clock.ClockWatch;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.quartz.QuartzAlarm;
import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.store.Stores;
import io.actionscheduler.zone.ZoneData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler as a whole: builds its parts, runs them and closes them in reverse order. */
public final class App {
  private static final Logger LOG = LoggerFactory.getLogger(App.class);

  private final Settings settings;
  private final Path configFile;
  private final InstantSource clock;
  private final Companion companion;
  private final Exit exit = new Exit();
  private final WaitAtStart patience = new WaitAtStart(exit);

  /**
   * @param configFile whose folder may hold sample actions
   * @param companion runs beside the scheduler, and may do nothing
   */
  public App(Settings settings, Path configFile, InstantSource clock, Companion companion) {
    this.companion = requireNonNull(companion, "companion is null");
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
    StartSummary.settings(settings, version);
    Signals.onStop(exit::stop);
    try (Databases databases = new Databases(databaseSettings());
        ConfiguredCallbacks outlets = ConfiguredCallbacks.of(settings, clock, exit::fail)) {
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
    } catch (IOException e) { // what runs beside it cannot start
      LOG.error("{}", e.getMessage());
      return 1;
    }
  }

  private List<DatabaseSettings> databaseSettings() {
    return Stream.concat(settings.actionsDb().stream(), settings.internalDb().stream()).toList();
  }

  private int withStore(Databases databases, ConfiguredCallbacks outlets)
      throws InterruptedException, OwnedElsewhere, StoreException, SourceException, IOException {
    try (Store store =
        Stores.open(settings.internalDb(), databases, CronReaders.of(settings), clock)) {
      boolean owned =
          patience.until(
              () ->
                  store.own(() -> exit.fail(store.label() + " is no longer this scheduler's own")));
      if (!owned) {
        return exit.await();
      }
      StoredLaws.restore(store);
      return withSources(databases, store, outlets);
    }
  }

  private int withSources(Databases databases, Store store, ConfiguredCallbacks outlets)
      throws InterruptedException, StoreException, SourceException, IOException {
    try (Reports reports = Reports.of(settings.restSources(), settings.shutdownTimeout());
        Parts parts = Parts.ofScheduler(settings, clock, databases, store, outlets.processes());
        Sources sources = new Sources(settings, store, outlets.names())) {
      if (settings.actionsDb().isPresent()) {
        sources.add(settings.actionsDb().get(), databases, configFile);
      }
      for (RestSettings rest : settings.restSources()) {
        sources.add(rest);
      }
      return serve(parts, store, outlets, sources, reports);
    }
  }

  private int serve(
      Parts parts, Store store, ConfiguredCallbacks outlets, Sources sources, Reports reports)
      throws InterruptedException, IOException {
    try (QuartzAlarm alarm = new QuartzAlarm(clock)) {
      Engine engine = new Engine(engineSettings(outlets), store, alarm, clock, this::defect);
      int code = serve(engine, parts, store, outlets, sources, reports);
      return engine.hasLostRecords() ? Math.max(code, 1) : code;
    }
  }

  private int serve(
      Engine engine,
      Parts parts,
      Store store,
      ConfiguredCallbacks outlets,
      Sources sources,
      Reports reports)
      throws InterruptedException, IOException {
    try (engine;
        Presence presence = Presence.begin(store, clock);
        PeriodicWork ticks = new PeriodicWork(exit);
        ServiceManager manager = ServiceManager.of(System.getenv());
        Feeds feeds = new Feeds();
        Companion.Started beside =
            companion.start(new Running(parts, store, engine, sources.table(), feeds, exit))) {
      // At once: where ownership was lost, another process may fire before the rest is closed.
      exit.asked()
          .thenRun(
              () -> {
                engine.stop();
                outlets.stopping();
                manager.stopping();
              });
      reports.all().forEach(engine::tell);
      ZoneWatch zones = zoneWatch(store, feeds);
      Readiness start =
          new Readiness(
              sources.names(),
              () -> {
                feeds.ready();
                ready(engine, outlets, manager);
                zones.tellStart();
                ticks.watch(zones);
              });
      Runnable listing = listing(engine);
      for (Sources.Entry entry : sources.all()) {
        ActionSync sync = new ActionSync(entry.source(), store, clock);
        feeds.start(new Feed(entry, sync, engine, start, listing, exit));
        listing = () -> {}; // once is enough, however many sources there are
      }
      ticks.watch(new ClockWatch(clock, System::nanoTime, engine::clockStepped));
      ticks.keep(presence);
      ticks.prune(new Pruning(store, settings.history(), clock));
      settings
          .verifyEvery()
          .ifPresent(
              every ->
                  ticks.verify(
                      new LedgerWatch(store, CronReaders.of(settings), every, clock), every));
      return exit.await();
    }
  }

  private ZoneWatch zoneWatch(Store store, Feeds feeds) {
    return new ZoneWatch(
        settings, store, feeds, () -> ZoneData.of(ZoneSetup.choice(settings)), clock);
  }

  private void ready(Engine engine, ConfiguredCallbacks outlets, ServiceManager manager) {
    outlets.warmUp();
    engine
        .status()
        .thenAccept(
            status -> {
              StartSummary.ready(status, settings.timezone());
              manager.ready(engine::status);
            });
  }

  private Runnable listing(Engine engine) {
    return settings.printSchedule()
        ? new ScheduleListing(engine, settings.timezone(), System.err)::print
        : () -> {};
  }

  private EngineSettings engineSettings(ConfiguredCallbacks outlets) {
    return new EngineSettings(
        outlets.settings(),
        settings.catchUpMax(),
        settings.shutdownTimeout(),
        settings.history().failuresOnly());
  }

  private void defect(Throwable defect) {
    LOG.error("a defect of the engine", defect);
    exit.fail("a defect of the engine: " + defect);
  }
}
