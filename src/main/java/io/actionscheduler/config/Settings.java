package io.actionscheduler.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the program was told, complete and checked. */
public interface Settings {
  boolean debug();

  /** Zone of schedules that name none. */
  ZoneId timezone();

  /** How often a source is asked for changes. */
  Duration trackChangesPeriod();

  DatabaseSettings actionsDb();

  /** Empty: everything is kept in memory. */
  Optional<DatabaseSettings> internalDb();

  /** The callback of actions that name none: a name from {@link #callbacks()}. */
  String callback();

  /** Whether an action whose row says nothing merges what it missed. */
  boolean mergeMissed();

  /** Seconds after which a missed fire whose row says nothing expires; negative: never. */
  long actualityTime();

  /**
   * Named callbacks: {@code callbacks.<name>}, the built-in ones under their own names, and {@link
   * #callback()} where it names a class or one of the Python program's functions.
   */
  Map<String, Named> callbacks();

  /** Whether {@code unix} rows are read as the Python program read them. */
  boolean unixAsApscheduler();

  /** The age up to which a kept snapshot of the actions is good to start from. */
  Duration snapshotMaxAge();

  Path pluginsDir();

  /** Fires for blocking callbacks, batches for batching ones, that a callback handles at a time. */
  int maxConcurrent();

  Duration shutdownTimeout();

  /** Fires per second and callback that are delivered late at most; empty: no limit. */
  Optional<Integer> catchUpRate();

  /** Missed fires of one action that are delivered at most, the rest expires; empty: no limit. */
  Optional<Long> catchUpMax();

  /** The callback that is handed what failed for good. */
  Optional<String> deadLetter();

  String logLevel();

  /** Whether log lines are JSON. */
  boolean logAsJson();

  String environment();

  boolean writeSampleActions();

  boolean printSchedule();

  boolean echoSql();

  /** Every setting in force, secrets masked, in the order of their keys. */
  List<Origin> origins();

  /**
   * One named callback.
   *
   * @param prefix of its keys in messages: {@code callbacks.alerts} or {@code kafka}
   * @param values by the part of their key after the prefix and a dot
   */
  record Named(String name, String type, String prefix, Map<String, String> values) {}

  /**
   * A setting in force and where it came from.
   *
   * @param source a variable's name, a file and line, or {@code default}
   */
  record Origin(String key, String value, String source) {}
}
