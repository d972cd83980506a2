package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {
  private static final String TOP =
      "; known: action, actions_db, alerts, blackout, calendars, callbacks, catch_up_max, catch_up_rate, cluster, dead_letter,"
          + " debug, disable_after, environment, execution, history, hold_backlog, http, "
          + "internal_db, kafka, log, max_concurrent, plugins, redis,"
          + " rest, retry, schedules, shutdown_timeout, smtp, snapshot, standby, test, "
          + "timezone, timezones,"
          + " track_changes_period, verify";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "debug: perhaps                 | debug: \"perhaps\" is neither true nor false; "
            + "allowed: true, false",
        "debug: {a: 1}                  | debug: is a section where one value is expected",
        "kafka: {topic: {name}}         | kafka.topic: is a section where one value is expected; "
            + "write \"{name}\", in quotes, for a value in braces",
        "debug: [true]                  | debug: is a list where one value is expected",
        "timezone: Europe/Berln         | timezone: \"Europe/Berln\" is not a time zone; did "
            + "you mean Europe/Berlin? allowed: system, UTC, a name such as Europe/Berlin, an offset such as +03:00",
        "track_changes_period: 0        | track_changes_period: \"0\" is too short; allowed: "
            + "seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m; 1 s or more",
        "track_changes_period: 1:30     | track_changes_period: \"1:30\" is not a time span; "
            + "allowed: seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m; 1 s or more",
        "shutdown_timeout: -1           | shutdown_timeout: \"-1\" is not a time span; allowed: "
            + "seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m",
        "shutdown_timeout: 200000d      | shutdown_timeout: \"200000d\" is too long; allowed: "
            + "seconds as a number, or with units (ms s m h d w) such as 30s, 24h, 1h30m; 100 years at most",
        "max_concurrent: 010            | max_concurrent: \"010\" begins with 0, which YAML "
            + "reads as octal; allowed: a whole number from 1 to 100000, without the 0",
        "max_concurrent: 0              | max_concurrent: \"0\" is out of range; allowed: a "
            + "whole number from 1 to 100000",
        "max_concurrent: 99999999999999999999 | max_concurrent: \"99999999999999999999\" is out "
            + "of range; allowed: a whole number from 1 to 100000",
        "max_concurrent: 1.5            | max_concurrent: \"1.5\" is not a whole number; "
            + "allowed: a whole number from 1 to 100000",
        "standby: true                  | standby: true needs internal_db on PostgreSQL, whose "
            + "lease shows when to take over; set internal_db.dialect to postgresql, or remove this line",
        "standby: perhaps               | standby: \"perhaps\" is neither true nor false; "
            + "allowed: true, false",
        "environment: ''                | environment: \"\" is empty; allowed: text",
        "log: {level: LOUD}             | log.level: \"LOUD\" is unknown; allowed: TRACE, "
            + "DEBUG, INFO, WARN, WARNING, ERROR",
        "log: {format: jsno}            | log.format: \"jsno\" is unknown; did you mean json? "
            + "allowed: text, json",
        "log: loud                      | log: \"loud\" stands where a section is expected; "
            + "known in log: format, level",
        "log: [loud]                    | log: is a list where a section is expected; known in "
            + "log: format, level",
        "retry: {backoff_factor: 0.5}   | retry.backoff_factor: \"0.5\" is not a factor; "
            + "allowed: a number from 1 to 1000",
        "schedules: {unix_dialect: cron} | schedules.unix_dialect: \"cron\" is unknown; "
            + "allowed: crontab, apscheduler",
        "dead_letter: nowhere           | dead_letter: \"nowhere\" is unknown; known: kafka, "
            + "stdout; others are declared in the section callbacks",
        "kafka: {server: 'localhost', topic: t} | kafka.server: \"localhost\" is not an address "
            + "of a broker; allowed: host:port or kafka://host:port, several in a list or separated by commas",
        "kafka: {server: 'a:1', topic: t, key: name} | kafka.key: \"name\" is unknown; allowed: "
            + "action_id, none",
        "kafka: {server: 'a:1', topc: t} | kafka.topc: unknown setting, value \"t\"; did you "
            + "mean kafka.topic? known in kafka: catch_up_rate, dead_letter, exactly_once, key, max_concurrent, properties, retry, server, topic",
        "test: {print_apsheduler_jobs: 1} | test.print_apsheduler_jobs: unknown setting, value "
            + "\"1\"; did you mean test.print_apscheduler_jobs? known in test: echo_actions_db_engine, print_apscheduler_jobs, write_sample_actions_to_db",
        "snapshot: {max-age: 1h}        | snapshot.max-age: unknown setting, value \"1h\"; did "
            + "you mean snapshot.max_age? known in snapshot: max_age",
        "callbacks: {a.b: {type: kafka}} | callbacks.a.b: is not a name for a callback; "
            + "allowed: letters, digits, _ and -",
        "callbacks: {mail: {type: smtp, retry: {tries: 3}}} | callbacks.mail.retry.tries: "
            + "unknown setting, value \"3\"; known in callbacks.mail.retry: backoff_factor, max_retries, retry_delay",
        "callbacks: {mail: {type: smtp, retry: 3}} | callbacks.mail.retry: \"3\" stands where a "
            + "section is expected; known in callbacks.mail.retry: backoff_factor, max_retries, retry_delay",
        "callbacks: {mail: {type: smtp, max_concurrent: many}} | callbacks.mail.max_concurrent: "
            + "\"many\" is not a whole number; allowed: a whole number from 1 to 100000",
      })
  void aWrongLineIsToldWithItsKeyValueAndWhatIsAllowed(String line, String message) {
    List<String> problems = Config.problems(line);

    assertThat(problems).contains("config.yaml:7: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "kafak, kafka",
    "actions_bd, actions_db",
    "Debug, debug",
    "merge_missed, action.defaults.merge_missed",
    "server, kafka.server",
    "callback, callbacks"
  })
  void anUnknownNameIsToldWithTheOneThatWasMeant(String name, String meant) {
    assertThat(Config.problems(name + ":\n  some: thing\n"))
        .containsExactly(
            "config.yaml:7: "
                + name
                + ": unknown setting; did you mean "
                + meant
                + "?"
                + TOP.substring(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"timezones: {data: ", "plugins: {dir: ", "http: {port: 0, tls: {keystore: "})
  void aPathThatNoFileCanHaveIsRefused(String setting) {
    String yaml = Config.ENOUGH + setting + "\"a\\0b\"}" + (setting.contains("tls") ? "}\n" : "\n");
    assertThat(Config.problems(yaml, "", Map.of()))
        .singleElement()
        .asString()
        .contains("\"a\\u0000b\" is not a path: Nul character not allowed; allowed: a f");
  }

  @Test
  void everyProblemIsToldAtOnceInTheOrderOfSourcesAndLines() {
    String yaml =
        """
        debug: maybe
        actions_db:
          dialect: oracle
          prot: 5432
        action:
          callback: kafak
        """;

    assertThat(
            Config.problems(
                yaml,
                "# first line\nexport TIMEZONE=Mars\nACTIONS_DB__PORT=port\n",
                Map.of("MAX_CONCURRENT", "-", "KAFKA__TOPC", "x", "HOME", "/root")))
        .containsExactly(
            "config.yaml:1: debug: \"maybe\" is neither true nor false; allowed: true, false",
            "config.yaml:3: actions_db.dialect: \"oracle\" is a dialect that is not supported;"
                + " allowed: postgresql, sqlite",
            "config.yaml:4: actions_db.prot: unknown setting, value \"5432\"; did you mean"
                + " actions_db.port? known in actions_db: database, dialect, driver, host,"
                + " password, port, url, username",
            "config.yaml:6: action.defaults.merge_missed: required, and not set; add it: true or"
                + " false, or set the variable ACTION__DEFAULTS__MERGE_MISSED",
            "config.yaml:6: action.defaults.actuality_time: required, and not set; add it: seconds,"
                + " or -1 for missed fires that never expire, or set the variable"
                + " ACTION__DEFAULTS__ACTUALITY_TIME",
            "config.yaml:6: action.callback: \"kafak\" is unknown; did you mean kafka? known:"
                + " kafka, stdout; others are declared in the section callbacks",
            ".env:2: timezone: \"Mars\" is not a time zone; allowed: system, UTC, a name such as"
                + " Europe/Berlin, an offset such as +03:00",
            ".env:3: actions_db.port: \"port\" is not a whole number; allowed: a whole number from"
                + " 1 to 65535",
            "environment variable KAFKA__TOPC: kafka.topc: unknown setting, value \"x\"; did you"
                + " mean KAFKA__TOPIC? known in kafka: catch_up_rate, dead_letter, exactly_once,"
                + " key, max_concurrent, properties, retry, server, topic",
            "environment variable MAX_CONCURRENT: max_concurrent: \"-\" is not a whole number;"
                + " allowed: a whole number from 1 to 100000");
  }

  @Test
  void whatIsMissingIsToldWithItsVariable() {
    assertThat(Config.problems("debug: false", "", Map.of()))
        .containsExactly(
            "config.yaml: action.defaults.merge_missed: required, and not set; add it: true or"
                + " false, or set the variable ACTION__DEFAULTS__MERGE_MISSED",
            "config.yaml: action.defaults.actuality_time: required, and not set; add it: seconds,"
                + " or -1 for missed fires that never expire, or set the variable"
                + " ACTION__DEFAULTS__ACTUALITY_TIME",
            "config.yaml: actions_db: required, and not set; add the section, with dialect and"
                + " database or with url, or set the variable ACTIONS_DB",
            "config.yaml: action.callback: required, and not set; add the name of a callback, such"
                + " as stdout, or set the variable ACTION__CALLBACK");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KAFKA            | {localhost:9092 | kafka: \"{localhost:9092\" is not JSON; allowed: "
            + "the section as a JSON object, or its settings one by one as KAFKA__NAME",
        "ACTION__DEFAULTS | [1]            | action.defaults: \"[1]\" is not a JSON object; "
            + "allowed: {\"name\": value}",
        "kafka            | {\"topc\": 1}  | kafka.topc: unknown setting, value \"1\"; did you "
            + "mean kafka.topic? known in kafka: catch_up_rate, dead_letter, exactly_once, key, max_concurrent, properties, retry, server, topic",
        "ACTIONS_DB       | {\"password\": \"x\", } | actions_db: \"***\" is not JSON; allowed: "
            + "the section as a JSON object, or its settings one by one as ACTIONS_DB__NAME",
        "Actions_Db__Passwrod | hunter2    | actions_db.passwrod: unknown setting, value "
            + "\"***\"; did you mean ACTIONS_DB__PASSWORD? known in actions_db: database, dialect, driver, host, password, port, url, username",
        "ACTIONS_DB__     | x              | actions_db.: a level without a name; levels are "
            + "separated by __",
        "LOG____LEVEL     | x              | log..level: a level without a name; levels are "
            + "separated by __",
        "CALLBACKS__A B__X | x            | callbacks.a b.x: is not a name for a callback; "
            + "allowed: letters, digits, _ and -",
        "KAFKA__SERVER__X | x              | kafka.server.x: unknown setting, value \"x\"; did "
            + "you mean KAFKA__SERVER? known in kafka: catch_up_rate, dead_letter, exactly_once, key, max_concurrent, properties, retry, server, topic",
      })
  void aWrongVariableIsToldByItsName(String name, String value, String message) {
    assertThat(Config.problems(Config.ENOUGH, "", Map.of(name, value)))
        .contains("environment variable " + name + ": " + message);
  }

  @Test
  void twoSpellingsOfOneVariableWithDifferentValuesAreRefused() {
    assertThat(Config.problems(Config.ENOUGH, "", Map.of("DEBUG", "1", "debug", "0")))
        .containsExactly("environment variable debug: debug: set twice, also by DEBUG; keep one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DEBUG__X", "KAFKA_PORT", "REDIS_HOST", "ACTION_DB__HOST", "HOME", "A__B"})
  void variablesThatCanBeSomebodyElsesAreLeftAlone(String name) {
    assertThat(Config.problems(Config.ENOUGH, "", Map.of(name, "x"))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 'b                | config.yaml:1: column 4: not YAML that can be read: the "
            + "quote that begins here is not closed",
        "debug: true\\ndebug: false | config.yaml:2: column 1: not YAML that can be read: "
            + "\"debug\" is set twice, first in line 1; keep one",
        "a: b: c              | config.yaml:1: column 4: not YAML that can be read: a value "
            + "with a colon and a space in it needs quotes here; write a: \"…: …\"",
        "- a                  | config.yaml:1: holds no settings; allowed: lines such as "
            + "\"debug: false\"",
        "just text            | config.yaml:1: holds no settings; allowed: lines such as "
            + "\"debug: false\"",
        "a: 1\\n---\\nb: 2    | config.yaml:2: column 1: not YAML that can be read: expected a "
            + "single document in the stream: but found another document",
        "debug: !!python/name:os.system x | config.yaml:1: column 8: not YAML that can be read: "
            + "Global tag is not allowed: tag:yaml.org,2002:python/name:os.system",
        "? [a]\\n: b          | config.yaml:1: column 3: not YAML that can be read: a name is "
            + "expected before the colon, not a list or a section",
        "a: *b                | config.yaml:1: column 4: not YAML that can be read: found "
            + "undefined alias b",
        "\\ta: b              | config.yaml:1: column 1: not YAML that can be read: while "
            + "scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        "a: &a [*a]           | config.yaml:1: column 4: not YAML that can be read: nested more "
            + "than 100 levels, or an alias that holds itself",
      })
  void aFileThatIsNotYamlIsToldWithLineAndColumn(String text, String message) {
    String yaml = text.replace("\\n", "\n").replace("\\t", "\t");

    assertThat(Config.problems(yaml, "", Map.of())).containsExactly(message);
  }

  @Test
  void aSecretInAFileThatIsNotYamlIsNotShown() {
    assertThat(Config.problems("actions_db:\n  password: [hunter2\n", "", Map.of()).toString())
        .startsWith("[config.yaml:3: column 1: not YAML")
        .doesNotContain("hunter2");
  }

  @Test
  void anEmptyFileIsToldWithWhatToWrite() {
    assertThat(Config.problems("# nothing but this\n", "", Map.of()))
        .singleElement()
        .asString()
        .startsWith("config.yaml: the file is empty; write one, or name another with --config FILE")
        .contains("actions_db:\n  dialect: sqlite\n");
  }

  @Test
  void aliasesThatMultiplyEachOtherAreRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(Config.problems(bomb.toString(), "", Map.of()))
        .singleElement()
        .asString()
        .contains("not YAML that can be read");
  }

  @Test
  void theSameSettingInTwoFormsIsRefused() {
    assertThat(Config.problems("log.level: INFO\nlog: {level: WARN}\n"))
        .containsExactly("config.yaml:8: log.level: set twice, first at config.yaml:7; keep one");
  }
}
