package io.actionscheduler.config;

import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings that {@link ConfigLoader} has checked. */
final class LoadedSettings implements Settings {
  private final Values values;
  private final Read read;
  private final List<Path> files;

  /** The settings that consist of several values. */
  record Read(
      Optional<DatabaseSettings> actionsDb,
      Optional<DatabaseSettings> internalDb,
      Map<String, Named> callbacks,
      List<RestSettings> restSources,
      Optional<HttpSettings> http,
      Optional<Alerts> alerts,
      CalendarPlan calendars,
      List<Problem> warnings) {
    Read {
      callbacks = Map.copyOf(callbacks);
      restSources = List.copyOf(restSources);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param files that the settings come from
   */
  LoadedSettings(Values values, Read read, List<Path> files) {
    this.values = values;
    this.read = read;
    this.files = List.copyOf(files);
  }

  @Override
  public boolean debug() {
    return values.get(Keys.DEBUG);
  }

  @Override
  public ZoneId timezone() {
    return values.get(Keys.TIMEZONE);
  }

  @Override
  public String timezoneData() {
    return values.get(Keys.TIMEZONE_DATA);
  }

  @Override
  public Duration trackChangesPeriod() {
    return values.get(Keys.TRACK_CHANGES_PERIOD);
  }

  @Override
  public Optional<DatabaseSettings> actionsDb() {
    return read.actionsDb();
  }

  @Override
  public List<RestSettings> restSources() {
    return read.restSources();
  }

  @Override
  public Optional<DatabaseSettings> internalDb() {
    return read.internalDb();
  }

  @Override
  public Optional<HttpSettings> http() {
    return read.http();
  }

  @Override
  public String callback() {
    return Callbacks.resolve(values.get(Keys.CALLBACK));
  }

  @Override
  public boolean mergeMissed() {
    return values.get(Keys.MERGE_MISSED);
  }

  @Override
  public long actualityTime() {
    return values.get(Keys.ACTUALITY_TIME);
  }

  @Override
  public Map<String, Named> callbacks() {
    return read.callbacks();
  }

  @Override
  public Limits limits(String callback) {
    Named named = read.callbacks().get(callback);
    if (named == null) {
      throw new IllegalArgumentException("no callback is called " + callback);
    }
    return new Limits(
        own(named, Keys.MAX_CONCURRENT),
        own(named, Keys.CATCH_UP_RATE),
        own(named, Keys.DEAD_LETTER).filter(name -> !name.equals(callback)),
        new Retry(
            own(named, Keys.MAX_RETRIES),
            own(named, Keys.RETRY_DELAY),
            own(named, Keys.BACKOFF_FACTOR)));
  }

  private <T> T own(Named callback, Key<T> key) {
    return values.find(key.in(callback.prefix())).orElseGet(() -> values.get(key));
  }

  @Override
  public List<Problem> unknownCallbackSettings(Map<String, Set<String>> known) {
    Problems problems = new Problems();
    for (Named callback : read.callbacks().values()) {
      Set<String> keys = known.get(callback.type());
      if (keys == null) {
        continue;
      }
      for (String key : callback.values().keySet()) {
        if (keys.stream().noneMatch(pattern -> covers(pattern, key))) {
          Setting setting = Callbacks.origin(values, callback, key).orElseThrow();
          String hint = DidYouMean.hint(key, keys);
          boolean secret = Secrets.isSecret(hint);
          problems.add(
              setting,
              "unknown setting, value "
                  + (secret ? Secrets.quote("secret", setting.value()) : setting.quoted())
                  + hint
                  + (hint.isEmpty() ? "; known for type " : " known for type ")
                  + callback.type()
                  + ": "
                  + String.join(", ", new TreeSet<>(keys)));
        }
      }
    }
    return problems.list();
  }

  /**
   * {@code properties.*} covers all below it; a plain key covers itself and the items of a list.
   */
  private static boolean covers(String pattern, String key) {
    return pattern.endsWith(".*")
        ? key.startsWith(pattern.substring(0, pattern.length() - 1))
        : key.equals(pattern)
            || key.startsWith(pattern + ".")
                && key.substring(pattern.length()).matches("\\.[0-9]+");
  }

  @Override
  public String originOf(Named callback, String key) {
    return Callbacks.origin(values, callback, key).map(Setting::origin).orElse("default");
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public boolean unixAsApscheduler() {
    return values.get(Keys.UNIX_DIALECT).equals("apscheduler");
  }

  @Override
  public Duration snapshotMaxAge() {
    return values.get(Keys.SNAPSHOT_MAX_AGE);
  }

  @Override
  public Path pluginsDir() {
    return values.get(Keys.PLUGINS_DIR);
  }

  @Override
  public Duration shutdownTimeout() {
    return values.get(Keys.SHUTDOWN_TIMEOUT);
  }

  @Override
  public boolean standby() {
    return values.get(Keys.STANDBY);
  }

  @Override
  public Optional<Cluster> cluster() {
    return ClusterCheck.cluster(values);
  }

  @Override
  public Optional<Duration> holdBacklog() {
    return values.get(Keys.HOLD_BACKLOG);
  }

  @Override
  public Optional<Long> catchUpMax() {
    return values.get(Keys.CATCH_UP_MAX);
  }

  @Override
  public History history() {
    return new History(
        values.get(Keys.HISTORY_KEEP),
        values.get(Keys.HISTORY_MAX_ROWS),
        values.get(Keys.HISTORY_LEVEL).equals("failures"));
  }

  @Override
  public Optional<Alerts> alerts() {
    return read.alerts();
  }

  @Override
  public CalendarPlan calendars() {
    return read.calendars();
  }

  @Override
  public Optional<Integer> disableAfter() {
    return values.get(AlertKeys.DISABLE_AFTER);
  }

  @Override
  public Optional<Duration> verifyEvery() {
    return values.get(Keys.VERIFY_EVERY);
  }

  @Override
  public String logLevel() {
    String level = values.get(Keys.LOG_LEVEL);
    return level.equals("WARNING") ? "WARN" : level;
  }

  @Override
  public boolean logAsJson() {
    return values.get(Keys.LOG_FORMAT).equals("json");
  }

  @Override
  public String environment() {
    return values.get(Keys.ENVIRONMENT);
  }

  @Override
  public boolean writeSampleActions() {
    return values.get(Keys.WRITE_SAMPLE_ACTIONS);
  }

  @Override
  public boolean printSchedule() {
    return values.get(Keys.PRINT_SCHEDULE);
  }

  @Override
  public boolean echoSql() {
    return values.get(Keys.ECHO_SQL);
  }

  @Override
  public List<Problem> warnings() {
    return read.warnings();
  }

  @Override
  public List<Origin> origins() {
    return ShownSettings.of(values.all());
  }
}
