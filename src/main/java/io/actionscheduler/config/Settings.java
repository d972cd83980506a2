package io.actionscheduler.config;

import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.rest.RestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All settings of the program, complete and checked. */
public interface Settings {
  boolean debug();

  /** Zone of schedules that name none. */
  ZoneId timezone();

  /**
   * The values in place of NULL in rows of the action table.
   *
   * @param known the callbacks and calendars that rows may name
   */
  default RowDefaults rowDefaults(KnownNames known) {
    return new RowDefaults(mergeMissed(), actualityTime(), timezone(), List.of(callback()), known);
  }

  /** The callbacks and calendars that rows may name. */
  default KnownNames.Names names() {
    return new KnownNames.Names(callbacks().keySet(), calendars().names());
  }

  /**
   * Which time zone data are in force: {@code newest}, {@code system}, {@code bundled}, {@code
   * jdk}, or a folder.
   */
  String timezoneData();

  /** How often a source is polled for changes. */
  Duration trackChangesPeriod();

  /** The database with the action table; empty only where {@link #restSources()} is not. */
  Optional<DatabaseSettings> actionsDb();

  /** REST services that list actions, beside the table or instead of it. */
  List<RestSettings> restSources();

  /** The internal store; empty: everything is held in memory. */
  Optional<DatabaseSettings> internalDb();

  /**
   * Whether this process waits while another one owns the store, and takes over from it; then the
   * store is in PostgreSQL.
   */
  boolean standby();

  /** The processes that share the actions of the table with this one; empty: there are none. */
  Optional<Cluster> cluster();

  /** The HTTP API; empty: there is none. */
  Optional<HttpSettings> http();

  /** The callback of actions that name none: a name from {@link #callbacks()}. */
  String callback();

  /** Whether missed fires merge, for rows that do not say. */
  boolean mergeMissed();

  /** Seconds after which a missed fire expires, for rows that do not say; negative: never. */
  long actualityTime();

  /**
   * Named callbacks: {@code callbacks.<name>}, the built-in ones under their own names ({@code
   * kafka} only where its section is set or it is asked for), and {@link #callback()} where it
   * names a class.
   */
  Map<String, Named> callbacks();

  /**
   * The rules for the fires of one callback: its own settings, otherwise those of all callbacks.
   *
   * @param callback a name from {@link #callbacks()}
   */
  Limits limits(String callback);

  /**
   * The settings of callbacks that their types do not understand.
   *
   * @param known by type, what {@code CallbackFactory.settings()} says; other types are left out
   */
  List<Problem> unknownCallbackSettings(Map<String, Set<String>> known);

  /** Where a value of a callback comes from, as messages name it: a file and line, a variable. */
  String originOf(Named callback, String key);

  /** The files that these settings may come from: the configuration and {@code .env}. */
  List<Path> files();

  /** Whether {@code unix} rows are read as the Python program read them. */
  boolean unixAsApscheduler();

  /** The age up to which a stored snapshot of the actions may be used at a start. */
  Duration snapshotMaxAge();

  Path pluginsDir();

  Duration shutdownTimeout();

  /** The most missed fires of one action that are delivered; the rest expires. Empty: no limit. */
  Optional<Long> catchUpMax();

  /** How long fires that a start finds missed wait for an operator; empty: they do not wait. */
  Optional<Duration> holdBacklog();

  History history();

  /** The settings of alerts; empty: there are none. */
  Optional<Alerts> alerts();

  /** Named calendars that rows may follow, and when nothing is delivered. */
  CalendarPlan calendars();

  /** The number of failures in a row after which an action is disabled; empty: never. */
  Optional<Integer> disableAfter();

  /** How often the running scheduler verifies its ledger; empty: never. */
  Optional<Duration> verifyEvery();

  String logLevel();

  /** Whether log lines are JSON. */
  boolean logAsJson();

  /** A name for this installation. */
  String environment();

  boolean writeSampleActions();

  boolean printSchedule();

  boolean echoSql();

  /** Warnings that do not prevent the start, such as variables that were ignored. */
  List<Problem> warnings();

  /** Every setting in force, secrets masked, in the order of their keys. */
  List<Origin> origins();

  /** The setting of that key and those below it, such as the items of a list. */
  default List<Origin> originsOf(String key) {
    return origins().stream().filter(one -> (one.key() + ".").startsWith(key + ".")).toList();
  }

  /** Where the first of {@link #originsOf} comes from; "settings" if there is none. */
  default String placeOf(String key) {
    return originsOf(key).stream().findFirst().map(Origin::source).orElse("settings");
  }

  /**
   * One named callback.
   *
   * @param prefix of its keys in messages: {@code callbacks.alerts} or {@code kafka}
   * @param values by the part of their key after the prefix and a dot
   */
  record Named(String name, String type, String prefix, Map<String, String> values) {}

  /**
   * The rules for the fires of one callback.
   *
   * @param maxConcurrent fires for blocking callbacks, batches for batching ones, at a time
   * @param catchUpRate the most late fires per second; empty: no limit
   * @param deadLetter the callback that receives fires that failed permanently; never itself
   */
  record Limits(
      int maxConcurrent, Optional<Integer> catchUpRate, Optional<String> deadLetter, Retry retry) {}

  /**
   * How often a refused fire is tried again.
   *
   * @param maxRetries tries after the first; 0 or more
   * @param backoffFactor factor by which each further delay is longer; 1 or more
   */
  record Retry(int maxRetries, Duration retryDelay, double backoffFactor) {}

  /**
   * The callbacks that receive alerts, and when alerts are sent.
   *
   * @param callbacks the names of those that receive alerts; not empty
   * @param failuresInARow the failures in a row that make an action a failing one; empty: no alert
   * @param lateBy the delay after which a fire counts as late; empty: no alert
   * @param unavailableFor for how long a target, source or store is unavailable; empty: no alert
   * @param overdueFor for how long nothing was delivered although fires are due; empty: no alert
   * @param recovered whether the end of a fault is reported as well
   */
  record Alerts(
      List<String> callbacks,
      Optional<Integer> failuresInARow,
      Optional<Duration> lateBy,
      Optional<Duration> unavailableFor,
      Optional<Duration> overdueFor,
      boolean recovered) {
    public Alerts {
      callbacks = List.copyOf(callbacks);
    }
  }

  /**
   * A cluster of processes.
   *
   * @param name the same in all of its processes
   * @param decidedByBroker whether brokers, instead of members, decide which process has what
   * @param kafka how its processes reach Kafka: {@code server}, and perhaps {@code
   *     properties.<name>}
   */
  record Cluster(String name, boolean decidedByBroker, Map<String, String> kafka) {
    public Cluster {
      kafka = Map.copyOf(kafka);
    }

    @Override
    public String toString() {
      return "cluster " + name; // without passwords
    }
  }

  /**
   * How much history is stored.
   *
   * @param failuresOnly whether successful runs are left out
   */
  record History(Duration keep, long maxRows, boolean failuresOnly) {}

  /**
   * A setting in force and where it came from.
   *
   * @param source a variable's name, a file and line, or {@code default}
   */
  record Origin(String key, String value, String source) {}
}
