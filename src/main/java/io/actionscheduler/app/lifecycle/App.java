package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.SettingsCheck;
import io.actionscheduler.app.parts.CalendarFiles;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler as a whole. One process that stands by for another has several terms as the owner,
 * one after the other; any other process has one.
 */
public final class App {
  private static final Logger LOG = LoggerFactory.getLogger(App.class);

  private final Reloads reloads;
  private final Path configFile;
  private final InstantSource clock;
  private final Companion companion;
  private final Stops stops = new Stops();

  /**
   * @param configFile whose folder may hold sample actions
   * @param companion runs together with the scheduler; may do nothing
   */
  public App(Settings settings, Path configFile, InstantSource clock, Companion companion) {
    this(new Reloads(settings, () -> settings), configFile, clock, companion);
  }

  /**
   * @param reloads has the settings
   * @param configFile whose folder may hold sample actions
   * @param companion runs together with the scheduler; may do nothing
   */
  public App(Reloads reloads, Path configFile, InstantSource clock, Companion companion) {
    this.companion = requireNonNull(companion, "companion is null");
    this.configFile = requireNonNull(configFile, "configFile is null");
    this.reloads = requireNonNull(reloads, "reloads is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Runs until it has to stop: because of a signal, or because it cannot continue.
   *
   * @return the exit code: 0 after an orderly stop, 1 when something failed, 2 when settings are
   *     wrong
   * @throws InterruptedException when the calling thread is interrupted; everything that was opened
   *     is closed then
   */
  public int run(String version) throws InterruptedException {
    StartSummary.settings(reloads.settings(), version);
    Signals.onStop(stops::stop);
    try (ServiceManager manager = ServiceManager.of(System.getenv())) {
      CalendarFiles calendars = CalendarFiles.open(reloads.settings().calendars());
      if (reloads.settings().cluster().isPresent()) {
        return stops.code(inCluster(manager, calendars));
      }
      Exit exit;
      int code;
      do {
        exit = stops.next();
        code = term(manager, calendars, exit);
      } while (exit.isDropped());
      return stops.code(code);
    } catch (InvalidConfig e) {
      InvalidConfig all = e.and(SettingsCheck.problems(reloads.settings(), clock));
      all.problems().forEach(problem -> LOG.error("{}", problem));
      return 2;
    } catch (CalendarFault e) {
      List<Problem> all = SettingsCheck.problems(reloads.settings(), clock);
      if (all.isEmpty()) { // the file has been mended meanwhile
        LOG.error("{}", e.getMessage());
      } else {
        new InvalidConfig(all).problems().forEach(problem -> LOG.error("{}", problem));
      }
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
    } catch (IOException e) { // a companion cannot start
      LOG.error("{}", e.getMessage());
      return 1;
    }
  }

  private int inCluster(ServiceManager manager, CalendarFiles calendars)
      throws InterruptedException,
          InvalidConfig,
          OwnedElsewhere,
          StoreException,
          SourceException,
          IOException {
    try (ClusterProcess process = new ClusterProcess(reloads.settings(), companion, manager)) {
      return process.run(
          stops,
          (ownership, exit) ->
              new Term(reloads, configFile, clock, companion, manager, calendars)
                  .run(ownership, exit));
    }
  }

  private int term(ServiceManager manager, CalendarFiles calendars, Exit exit)
      throws InterruptedException,
          InvalidConfig,
          OwnedElsewhere,
          StoreException,
          SourceException,
          IOException {
    try {
      return new Term(reloads, configFile, clock, companion, manager, calendars)
          .run(new WholeStore(reloads.settings(), exit), exit);
    } catch (StoreException e) {
      if (!reloads.settings().standby() || e.isMisconfigured()) {
        throw e;
      }
      return exit.dropAfter(e); // while it took over: another process may succeed
    }
  }
}
