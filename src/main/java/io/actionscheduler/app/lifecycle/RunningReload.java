package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.check.SettingsCheck;
import io.actionscheduler.app.parts.CalendarFiles;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.config.SettingsChange;
import io.actionscheduler.engine.CallbackChanges;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Has a running scheduler use other callbacks and other calendars. */
final class RunningReload implements Reloads.Part {
  private final Engine engine;
  private final Parts parts;
  private final ConfiguredCallbacks outlets;
  private final CalendarFiles calendars;
  private final Feeds feeds;

  RunningReload(
      Engine engine,
      Parts parts,
      ConfiguredCallbacks outlets,
      CalendarFiles calendars,
      Feeds feeds) {
    this.engine = requireNonNull(engine, "engine is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.outlets = requireNonNull(outlets, "outlets is null");
    this.calendars = requireNonNull(calendars, "calendars is null");
    this.feeds = requireNonNull(feeds, "feeds is null");
  }

  @Override
  public Reloads.Next prepare(Settings settings, SettingsChange change)
      throws InvalidConfig, InterruptedException {
    refuseWhatIsInUse(change);
    CalendarFiles files = open(settings, change);
    ConfiguredCallbacks.Made made = made(settings, change.callbacks().made());
    return new Reloads.Next() {
      @Override
      public void use() throws InterruptedException {
        change(settings, change, made, files);
      }

      @Override
      public void drop() {
        made.drop();
      }
    };
  }

  /** Rows that would be refused from now on keep their last valid form, which needs it. */
  private void refuseWhatIsInUse(SettingsChange change) throws InvalidConfig, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (String name : new TreeSet<>(change.callbacks().removed())) {
      if (outlets.remembers(name)) {
        problems.add(ofExactlyOnce(name));
      }
      get(changes().usersOf(name))
          .ifPresent(
              users ->
                  problems.add(
                      new Problem(
                          "callbacks." + name,
                          "",
                          "removed, but still used by "
                              + users
                              + "; name another callback in these rows first, or restart")));
    }
    for (String name : new TreeSet<>(change.calendars().removed())) {
      get(changes().followersOf(name))
          .ifPresent(
              users ->
                  problems.add(
                      new Problem(
                          "calendars." + name,
                          "",
                          "removed, but still followed by "
                              + users
                              + "; change these rows first, or restart")));
    }
    refuse(problems);
  }

  private CalendarFiles open(Settings settings, SettingsChange change) throws InvalidConfig {
    if (!change.calendars().differ()) {
      return calendars;
    }
    refuse(SettingsCheck.ofCalendars(settings));
    try {
      return CalendarFiles.open(settings.calendars());
    } catch (CalendarFault e) { // a file has changed since it was checked
      throw new InvalidConfig(List.of(SettingsCheck.ofFile(settings, e)));
    }
  }

  /**
   * A target of exactly-once delivery is asked only at the start which fires it has, so its
   * callback cannot change while the engine runs.
   */
  private ConfiguredCallbacks.Made made(Settings settings, Set<String> names) throws InvalidConfig {
    ConfiguredCallbacks.Made made = outlets.made(settings, names);
    List<Problem> problems = new ArrayList<>();
    for (NamedCallbackSettings one : made.all()) {
      if (one.callback().remembers() || outlets.remembers(one.name())) {
        problems.add(ofExactlyOnce(one.name()));
      }
    }
    if (!problems.isEmpty()) {
      made.drop();
    }
    refuse(problems);
    return made;
  }

  private static Problem ofExactlyOnce(String name) {
    return new Problem(
        "callback " + name,
        "exactly_once",
        "a callback that delivers exactly once changes at a start only; restart the scheduler");
  }

  private static void refuse(List<Problem> problems) throws InvalidConfig {
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  /**
   * The order matters: callbacks are added before rows may name them, and removed once no row does.
   */
  private void change(
      Settings settings, SettingsChange change, ConfiguredCallbacks.Made made, CalendarFiles files)
      throws InterruptedException {
    for (NamedCallbackSettings next : made.all()) {
      if (change.callbacks().added().contains(next.name())) {
        outlets.add(next);
        get(changes().add(next));
      } else {
        outlets.replace(next, get(changes().replace(next)));
      }
    }
    if (files != calendars) {
      calendars.become(files);
      engine.status(); // a step of the engine, which sees a blackout that began or ended by this
    }
    parts.use(settings); // rows may name it now; fires by hand make callbacks of their own
    for (String name : change.callbacks().removed()) {
      outlets.remove(name, get(changes().retire(name)));
    }
    feeds.readSoon(); // rows that were refused may be good now
    outlets.warmUp();
  }

  private CallbackChanges changes() {
    return engine.callbackChanges();
  }

  private static <T> T get(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
