package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.edit.ChangesMeanwhile;
import io.actionscheduler.app.parts.CalendarFiles;
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
import io.actionscheduler.source.TableSource;
import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.zone.ZoneData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One period of ownership: waits until this process is the owner of the store, then builds the
 * parts of the scheduler, runs them and closes them in reverse order.
 */
final class Term {
  private static final Logger LOG = LoggerFactory.getLogger(Term.class);

  private final Settings settings;
  private final Reloads reloads;
  private final Path configFile;
  private final InstantSource clock;
  private final Companion companion;
  private final ServiceManager manager;
  private final CalendarFiles calendars;

  /**
   * @param reloads has the settings
   * @param configFile whose folder may hold sample actions
   * @param companion runs beside the scheduler, and may do nothing
   * @param manager learns whether the scheduler is ready, stands by or stops
   * @param calendars which this watches while it runs
   */
  Term(
      Reloads reloads,
      Path configFile,
      InstantSource clock,
      Companion companion,
      ServiceManager manager,
      CalendarFiles calendars) {
    this.reloads = requireNonNull(reloads, "reloads is null");
    this.settings = reloads.settings();
    this.configFile = requireNonNull(configFile, "configFile is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.companion = requireNonNull(companion, "companion is null");
    this.manager = requireNonNull(manager, "manager is null");
    this.calendars = requireNonNull(calendars, "calendars is null");
  }

  /**
   * Runs until {@code exit} asks for the end.
   *
   * @param ownership what this process owns meanwhile
   * @return the exit code
   */
  int run(Ownership ownership, Exit exit)
      throws InterruptedException,
          InvalidConfig,
          OwnedElsewhere,
          StoreException,
          SourceException,
          IOException {
    try (Databases databases = new Databases(databaseSettings());
        ConfiguredCallbacks outlets =
            ConfiguredCallbacks.of(settings, clock, ownership.callbackHost())) {
      return withStore(databases, outlets, ownership, exit);
    } finally {
      reloads.serve(Optional.empty());
    }
  }

  private List<DatabaseSettings> databaseSettings() {
    return Stream.concat(settings.actionsDb().stream(), settings.internalDb().stream()).toList();
  }

  private int withStore(
      Databases databases, ConfiguredCallbacks outlets, Ownership ownership, Exit exit)
      throws InterruptedException, OwnedElsewhere, StoreException, SourceException, IOException {
    try (Store store = ownership.open(databases, clock)) {
      if (!ownership.take(store, companion, manager)) {
        return exit.await();
      }
      StoredLaws.restore(store);
      return withSources(databases, store, outlets, ownership, exit);
    }
  }

  private int withSources(
      Databases databases, Store store, ConfiguredCallbacks outlets, Ownership ownership, Exit exit)
      throws InterruptedException, StoreException, SourceException, IOException {
    try (Reports reports = Reports.of(settings.restSources(), settings.shutdownTimeout());
        Parts parts =
            Parts.ofScheduler(
                settings, clock, databases, store, outlets.processes(), calendars.inForce());
        Sources sources = new Sources(settings, store, parts.names(), ownership.part())) {
      if (settings.actionsDb().isPresent()) {
        sources.add(settings.actionsDb().get(), databases, configFile);
      }
      for (RestSettings rest : settings.restSources()) {
        sources.add(rest);
      }
      return serve(new Opened(parts, outlets, sources, reports), ownership, exit);
    }
  }

  /** What is opened before the engine. */
  private record Opened(
      Parts parts, ConfiguredCallbacks outlets, Sources sources, Reports reports) {}

  private int serve(Opened opened, Ownership ownership, Exit exit)
      throws InterruptedException, StoreException, IOException {
    try (QuartzAlarm alarm = new QuartzAlarm(clock)) {
      Engine engine =
          new Engine(
              engineSettings(opened.outlets(), ownership),
              opened.parts().store(),
              alarm,
              clock,
              defect -> broken(defect, exit));
      int code = serve(engine, opened, ownership, exit);
      return engine.hasLostRecords() ? Math.max(code, 1) : code;
    }
  }

  private int serve(Engine engine, Opened opened, Ownership ownership, Exit exit)
      throws InterruptedException, StoreException, IOException {
    Parts parts = opened.parts();
    ConfiguredCallbacks outlets = opened.outlets();
    Sources sources = opened.sources();
    Store store = parts.store();
    Optional<Store> notes = ownership.isFirst() ? Optional.of(store) : Optional.empty();
    try (Presence presence = Presence.begin(notes, clock); // the engine fires until it is closed
        engine;
        PeriodicWork ticks = new PeriodicWork(exit);
        Feeds feeds = new Feeds();
        Companion.Started beside =
            companion.start(new Running(parts, store, engine, sources.table(), feeds, exit))) {
      // At once: after a loss of ownership another process may fire before the rest is closed.
      exit.asked()
          .thenRun(exit.guarded("ending the term", () -> end(engine, outlets, ownership, exit)));
      opened.reports().all().forEach(engine::tell);
      ZoneWatch zones = zoneWatch(store, feeds);
      Readiness start =
          new Readiness(
              sources.names(),
              () -> {
                feeds.ready();
                ready(engine, outlets);
                ownership.ready();
                zones.tellStart();
                ticks.watch(zones);
              });
      Runnable listing = listing(engine);
      for (Sources.Entry entry : sources.all()) {
        ActionSync sync = sync(entry.source(), parts, store);
        feeds.start(new Feed(entry, sync, engine, start, listing, exit));
        listing = () -> {}; // one start summary is enough, however many sources there are
      }
      ticks.watch(new ClockWatch(clock, System::nanoTime, engine::clockStepped));
      ticks.keep(presence);
      ticks.watch(new CalendarWatch(calendars));
      notes.ifPresent(
          one -> ticks.watch(new OutageWatch(engine::status, feeds::sources, one, clock)));
      ticks.watch(new BacklogWatch(engine, store, settings.holdBacklog().isPresent()));
      reloads.serve(Optional.of(new RunningReload(engine, parts, outlets, calendars, feeds)));
      if (ownership.part().isEmpty()) { // in a cluster, each process would answer
        ticks.watch(new ReloadWatch(store, reloads, clock));
      }
      notes.ifPresent(one -> watchStored(one, ticks));
      return exit.await();
    }
  }

  private void end(Engine engine, ConfiguredCallbacks outlets, Ownership ownership, Exit exit) {
    try {
      if (exit.isDropped()) {
        engine.drop();
        manager.waiting(ownership.waiting()); // from now on the engine is not checked
      } else {
        engine.stop();
        if (exit.continues()) {
          manager.waiting(ownership.waiting());
        } else {
          manager.stopping();
        }
      }
    } finally {
      outlets.stopping();
    }
  }

  private void watchStored(Store store, PeriodicWork ticks) {
    ticks.prune(new Pruning(store, settings.history(), clock));
    settings
        .verifyEvery()
        .ifPresent(
            every ->
                ticks.verify(
                    new LedgerWatch(store, CronReaders.of(settings), every, clock), every));
  }

  private ZoneWatch zoneWatch(Store store, Feeds feeds) {
    return new ZoneWatch(
        settings, store, feeds, () -> ZoneData.of(ZoneSetup.choice(settings)), clock);
  }

  private void ready(Engine engine, ConfiguredCallbacks outlets) {
    outlets.warmUp();
    engine
        .status()
        .thenAccept(
            status -> {
              StartSummary.ready(status, settings.timezone());
              manager.ready(engine::status);
            });
  }

  /** What changes in the table while no scheduler runs is recorded; a service does so itself. */
  private ActionSync sync(ActionSource source, Parts parts, Store store) {
    return source.name().equals(TableSource.NAME)
        ? new ActionSync(
            source, store, clock, new ChangesMeanwhile(store, clock, parts.rowReader()))
        : new ActionSync(source, store, clock);
  }

  private Runnable listing(Engine engine) {
    return settings.printSchedule()
        ? new ScheduleListing(engine, settings.timezone(), System.err)::print
        : () -> {};
  }

  private EngineSettings engineSettings(ConfiguredCallbacks outlets, Ownership ownership) {
    return new EngineSettings(
        outlets.settings(),
        settings.catchUpMax(),
        settings.holdBacklog(),
        ownership.toEnd(settings.shutdownTimeout()),
        settings.history().failuresOnly(),
        calendars.inForce());
  }

  private static void broken(Throwable defect, Exit exit) {
    LOG.error("a defect of the engine", defect);
    exit.broken("a defect of the engine: " + defect);
  }
}
