package io.actionscheduler.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every setting, with the type of its value and its default. */
final class Keys {
  static final Key<Boolean> DEBUG = Key.of("debug", Types.FLAG, "false");
  static final Key<ZoneId> TIMEZONE = Key.of("timezone", Types.ZONE, "system");
  static final Key<String> TIMEZONE_DATA = Key.of("timezones.data", Types.ZONE_DATA, "newest");
  static final Key<String> ENVIRONMENT = Key.of("environment", Types.NAME, "production");
  static final Key<Duration> TRACK_CHANGES_PERIOD =
      Key.of("track_changes_period", Types.duration(Duration.ofSeconds(1)), "30");
  static final Key<Duration> SHUTDOWN_TIMEOUT =
      Key.of("shutdown_timeout", Types.duration(Duration.ZERO), "10s");
  static final Key<Optional<Long>> CATCH_UP_MAX =
      Key.of("catch_up_max", Types.orNone(Types.whole(0, Long.MAX_VALUE)), "none");

  static final Key<Boolean> STANDBY = Key.of("standby", Types.FLAG, "false");
  static final Key<String> CLUSTER_NAME = Key.of("cluster.name", Types.NAME);
  static final Key<String> CLUSTER_PROTOCOL =
      Key.of("cluster.protocol", Types.oneOf("classic", "consumer"), "classic");
  static final Key<Optional<Duration>> HOLD_BACKLOG =
      Key.of("hold_backlog", Types.orNone(Types.duration(Duration.ofSeconds(1))), "none");

  static final Key<String> CALLBACK = Key.of("action.callback", Types.NAME);
  static final Key<Boolean> MERGE_MISSED = Key.of("action.defaults.merge_missed", Types.FLAG);
  // A greater age would lie before the first instant of the JDK.
  static final Key<Long> ACTUALITY_TIME =
      Key.of(
          "action.defaults.actuality_time", Types.whole(-1_000_000_000_000L, 1_000_000_000_000L));

  static final Key<String> LOG_LEVEL =
      Key.of(
          "log.level", Types.oneOf("TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR"), "INFO");
  static final Key<String> LOG_FORMAT = Key.of("log.format", Types.oneOf("text", "json"), "text");
  static final Key<String> UNIX_DIALECT =
      Key.of("schedules.unix_dialect", Types.oneOf("crontab", "apscheduler"), "crontab");
  static final Key<Duration> SNAPSHOT_MAX_AGE =
      Key.of("snapshot.max_age", Types.duration(Duration.ZERO), "24h");
  static final Key<Path> PLUGINS_DIR = Key.of("plugins.dir", Types.FOLDER, "plugins");

  static final Key<Duration> HISTORY_KEEP =
      Key.of("history.keep", Types.duration(Duration.ZERO), "7d");
  static final Key<Long> HISTORY_MAX_ROWS =
      Key.of("history.max_rows", Types.whole(0, Long.MAX_VALUE), "1000000");
  static final Key<String> HISTORY_LEVEL =
      Key.of("history.level", Types.oneOf("all", "failures"), "all");

  static final Key<Optional<Duration>> VERIFY_EVERY =
      Key.of("verify.every", Types.orNone(Types.duration(Duration.ofSeconds(1))), "1d");

  static final Key<Boolean> WRITE_SAMPLE_ACTIONS =
      Key.of("test.write_sample_actions_to_db", Types.FLAG, "false");
  static final Key<Boolean> PRINT_SCHEDULE =
      Key.of("test.print_apscheduler_jobs", Types.FLAG, "false");
  static final Key<Boolean> ECHO_SQL = Key.of("test.echo_actions_db_engine", Types.FLAG, "false");

  /** The settings for all callbacks, which each callback can override. */
  static final Key<Integer> MAX_CONCURRENT =
      Key.of("max_concurrent", Types.integer(1, 100_000), "20");

  static final Key<Optional<Integer>> CATCH_UP_RATE =
      Key.of("catch_up_rate", Types.orNone(Types.integer(1, Integer.MAX_VALUE)), "none");
  static final Key<Optional<String>> DEAD_LETTER =
      Key.of("dead_letter", Types.orNone(Types.NAME), "none");
  static final Key<Integer> MAX_RETRIES =
      Key.of("retry.max_retries", Types.integer(0, 1_000_000), "10");
  static final Key<Duration> RETRY_DELAY =
      Key.of("retry.retry_delay", Types.duration(Duration.ZERO), "1s");
  static final Key<Double> BACKOFF_FACTOR = Key.of("retry.backoff_factor", Types.FACTOR, "2");

  static final List<Key<?>> OF_A_CALLBACK =
      List.of(MAX_CONCURRENT, CATCH_UP_RATE, DEAD_LETTER, MAX_RETRIES, RETRY_DELAY, BACKOFF_FACTOR);

  static final Key<String> CALLBACK_TYPE = Key.of("type", Types.NAME);

  static final Key<String> DIALECT = Key.of("dialect", DatabaseUrl.DIALECT);
  static final Key<String> DRIVER = Key.of("driver", Types.TEXT);
  static final Key<String> USERNAME = Key.of("username", Types.TEXT);
  static final Key<String> PASSWORD = Key.of("password", Types.TEXT);
  static final Key<String> HOST = Key.of("host", Types.NAME);
  static final Key<Integer> PORT = Key.of("port", Types.integer(1, 65_535));
  static final Key<String> DATABASE = Key.of("database", Types.TEXT);
  static final Key<String> URL = Key.of("url", Types.NAME);

  static final List<Key<?>> OF_A_DATABASE =
      List.of(DIALECT, DRIVER, USERNAME, PASSWORD, HOST, PORT, DATABASE, URL);
  static final List<String> DATABASES = List.of("actions_db", "internal_db");

  static final Key<String> KAFKA_SERVER = Key.of("kafka.server", KafkaServers.TYPE);
  static final Key<String> KAFKA_TOPIC = Key.of("kafka.topic", Types.NAME);
  static final Key<String> KAFKA_KEY = Key.of("kafka.key", Types.oneOf("action_id", "none"));
  static final Key<Boolean> KAFKA_EXACTLY_ONCE = Key.of("kafka.exactly_once", Types.FLAG);

  /** Values that may also be written as a list. */
  static final Set<String> LISTS = Set.of(KAFKA_SERVER.name(), ExecutionKeys.READABLE.name());

  /** Sections whose settings belong to the parts that read them. */
  static final Set<String> OPEN =
      Set.of(
          "kafka.properties",
          ExecutionKeys.ENVIRONMENT,
          "redis",
          "smtp",
          "http",
          CalendarReader.CALENDARS,
          CalendarReader.BLACKOUT);

  private Keys() {}

  /** All settings with a fixed name; those of named callbacks are not among them. */
  static List<Key<?>> all() {
    Stream<Key<?>> single =
        Stream.of(
            DEBUG,
            TIMEZONE,
            TIMEZONE_DATA,
            ENVIRONMENT,
            TRACK_CHANGES_PERIOD,
            SHUTDOWN_TIMEOUT,
            CATCH_UP_MAX,
            STANDBY,
            CLUSTER_NAME,
            CLUSTER_PROTOCOL,
            HOLD_BACKLOG,
            CALLBACK,
            MERGE_MISSED,
            ACTUALITY_TIME,
            LOG_LEVEL,
            LOG_FORMAT,
            UNIX_DIALECT,
            SNAPSHOT_MAX_AGE,
            PLUGINS_DIR,
            HISTORY_KEEP,
            HISTORY_MAX_ROWS,
            HISTORY_LEVEL,
            VERIFY_EVERY,
            WRITE_SAMPLE_ACTIONS,
            PRINT_SCHEDULE,
            ECHO_SQL,
            KAFKA_SERVER,
            KAFKA_TOPIC,
            KAFKA_KEY,
            KAFKA_EXACTLY_ONCE);
    Stream<Key<?>> databases =
        DATABASES.stream().flatMap(name -> OF_A_DATABASE.stream().map(key -> key.in(name)));
    Stream<Key<?>> kafka = OF_A_CALLBACK.stream().map(key -> key.in("kafka"));
    return Stream.of(
            single,
            OF_A_CALLBACK.stream(),
            databases,
            kafka,
            ExecutionKeys.all(),
            RestKeys.all(),
            AlertKeys.all())
        .flatMap(keys -> keys)
        .toList();
  }
}
