package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
  private static Settings load(String yaml, String env, Map<String, String> environment)
      throws InvalidConfig {
    return ConfigLoader.parse(Config.ENOUGH + yaml, env, environment);
  }

  @Test
  void theEnvironmentGoesOverEnvFileOverConfigFile() throws InvalidConfig {
    String yaml = "max_concurrent: 1\ncatch_up_rate: 1\nenvironment: file\n";
    String env = "MAX_CONCURRENT=2\nCATCH_UP_RATE=2\n";
    Settings settings = load(yaml, env, Map.of("MAX_CONCURRENT", "3"));

    assertThat(settings.limits("stdout").maxConcurrent()).isEqualTo(3);
    assertThat(settings.limits("stdout").catchUpRate()).contains(2);
    assertThat(Config.shown(settings, "environment")).isEqualTo("file");
    assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.origins())
        .contains(
            new Settings.Origin("max_concurrent", "3", "environment variable MAX_CONCURRENT"),
            new Settings.Origin("catch_up_rate", "2", ".env:2"),
            new Settings.Origin("environment", "file", "config.yaml:9"),
            new Settings.Origin("shutdown_timeout", "10s", "default"));
  }

  @Test
  void secretsMayStandInFilesOfTheirOwn(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("password"), "from a file\n");
    Files.writeString(folder.resolve("token"), "a token\r\n\n");
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        actions_db: {url: 'postgresql://u@h/d'}
        internal_db: {url: 'postgresql://u:${file:PASSWORD_PATH}@h/d'}
        action: {callback: hook, defaults: {merge_missed: false, actuality_time: -1}}
        callbacks:
          hook: {type: webhook, url: 'http://h/', secret: '${HOOK_TOKEN:none}'}
          other: {type: redis, list: x}
        """
            .replace("PASSWORD_PATH", folder.resolve("password").toString()));
    Settings settings =
        ConfigLoader.load(
            config,
            folder.resolve(".env"),
            Map.of(
                "ACTIONS_DB__PASSWORD_FILE", folder.resolve("password").toString(),
                "HOOK_TOKEN_FILE", folder.resolve("token").toString(),
                "CALLBACKS__OTHER__PASSWORD_FILE", folder.resolve("token").toString()));
    assertThat(settings.actionsDb().orElseThrow().password()).contains("from a file");
    assertThat(settings.internalDb().orElseThrow().password()).contains("from a file");
    assertThat(settings.callbacks().get("hook").values()).containsEntry("secret", "a token");
    assertThat(settings.callbacks().get("other").values()).containsEntry("password", "a token");
    assertThat(settings.origins().toString()).doesNotContain("from a file", "a token");
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    config,
                    folder.resolve(".env"),
                    Map.of("ACTIONS_DB__PASSWORD_FILE", "/no/such/file")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("ACTIONS_DB__PASSWORD_FILE: actions_db.password: names the file")
        .hasMessageContaining("which does not exist");
  }

  @Test
  void aVariableThatIsBlankHasTheDefaultAndOneThatIsWrongIsNamed() throws Exception {
    String config =
        """
        actions_db: {dialect: postgresql, host: '${DB_HOST:db}', port: '${DB_PORT:5432}', database: d}
        action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
        """;
    assertThat(
            ConfigLoader.parse(config, "", Map.of("DB_HOST", "", "DB_PORT", " "))
                .actionsDb()
                .orElseThrow()
                .jdbcUrl())
        .isEqualTo("jdbc:postgresql://db:5432/d");
    assertThatThrownBy(
            () -> ConfigLoader.parse(config, "", Map.of("DB_PORT", "tcp://10.97.188.247:6379")))
        .hasMessageContaining(
            "config.yaml:1 (DB_PORT): actions_db.port: \"tcp://10.97.188.247:6379\" is not a "
                + "whole");
  }

  @Test
  void aFileBesideTheSettingsIsNotPassedOverForAnEmptyOne(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        actions_db: {dialect: sqlite, database: no-such-file-here.db}
        action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
        """);
    assertThat(ConfigLoader.load(config, folder.resolve(".env"), Map.of()).warnings()).isEmpty();
    Files.writeString(folder.resolve("no-such-file-here.db"), "");
    assertThatThrownBy(() -> ConfigLoader.load(config, folder.resolve(".env"), Map.of()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(
            "config.yaml:1: actions_db.database: is "
                + Path.of("no-such-file-here.db").toAbsolutePath()
                + ", which does not exist: relative paths begin in the folder that the program is"
                + " started in; "
                + folder.resolve("no-such-file-here.db")
                + " is beside the settings: start the program there, or write the whole path, of that"
                + " file or of a new one");
  }

  @Test
  void whatNobodySetsHasItsDefault() throws InvalidConfig {
    Settings settings = load("", "", Map.of());

    assertThat(settings.debug()).isFalse();
    assertThat(settings.timezone()).isEqualTo(ZoneId.systemDefault());
    assertThat(settings.trackChangesPeriod()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.internalDb()).isEmpty();
    assertThat(settings.unixAsApscheduler()).isFalse();
    assertThat(settings.snapshotMaxAge()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.pluginsDir()).hasToString("plugins");
    assertThat(settings.limits("stdout").maxConcurrent()).isEqualTo(20);
    assertThat(settings.limits("stdout").catchUpRate()).isEmpty();
    assertThat(settings.catchUpMax()).isEmpty();
    assertThat(settings.limits("stdout").deadLetter()).isEmpty();
    assertThat(settings.logLevel()).isEqualTo("INFO");
    assertThat(settings.logAsJson()).isFalse();
    assertThat(Config.shown(settings, "environment")).isEqualTo("production");
    assertThat(settings.writeSampleActions()).isFalse();
    assertThat(settings.printSchedule()).isFalse();
    assertThat(settings.echoSql()).isFalse();
    assertThat(settings.limits("stdout").retry())
        .isEqualTo(new Settings.Retry(10, Duration.ofSeconds(1), 2));
    assertThat(settings.history())
        .isEqualTo(new Settings.History(Duration.ofDays(7), 1_000_000, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACTION__DEFAULTS__MERGE_MISSED",
        "action__defaults__merge_missed",
        "Action__Defaults__Merge_Missed"
      })
  void variablesMayBeWrittenInAnyLetterCase(String name) throws InvalidConfig {
    assertThat(Config.withVariables(Map.of(name, "true")).mergeMissed()).isTrue();
    assertThat(load("", name + "=true", Map.of()).mergeMissed()).isTrue();
  }

  @Test
  void aSectionAsJsonGoesOverWhatIsInItAndUnderItsSingleValues() throws InvalidConfig {
    Settings settings =
        load(
            "kafka: {server: 'a:1', topic: file, properties: {linger.ms: 5}}\n",
            "",
            Map.of(
                "kafka", "{\"topic\": \"json\", \"key\": \"none\", \"properties\": {\"acks\": 1}}",
                "KAFKA__KEY", "action_id"));

    assertThat(settings.callbacks().get("kafka").values())
        .containsOnly(
            entry("server", "a:1"),
            entry("topic", "json"),
            entry("key", "action_id"),
            entry("properties.acks", "1"),
            entry("properties.linger.ms", "5"));
  }

  @Test
  void aPartOfASectionMayBeJsonToo() throws InvalidConfig {
    Settings settings =
        Config.withVariables(
            Map.of("ACTION__DEFAULTS", "{\"merge_missed\": true, \"actuality_time\": 60}"));

    assertThat(settings.mergeMissed()).isTrue();
    assertThat(settings.actualityTime()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL_DB, null", "INTERNAL_DB, {}"})
  void aSectionIsTakenAwayByNullAndLeftByAnEmptyOne(String name, String value)
      throws InvalidConfig {
    Settings settings =
        load("internal_db: {dialect: sqlite, database: internal.db}\n", "", Map.of(name, value));

    assertThat(settings.internalDb().isPresent()).isEqualTo(value.equals("{}"));
  }

  @Test
  void nothingIsNotAValue() throws InvalidConfig {
    Settings settings = load("internal_db:\nkafka: ~\nmax_concurrent: null\n", "", Map.of());

    assertThat(settings.internalDb()).isEmpty();
    assertThat(settings.callbacks()).containsOnlyKeys("stdout");
    assertThat(settings.limits("stdout").maxConcurrent()).isEqualTo(20);
  }

  @Test
  void aListOfAStrongerSourceReplacesTheWholeList() throws InvalidConfig {
    String yaml = "callbacks: {p: {type: process, command: [a, b, c], env: {HOME: x}}}\n";

    assertThat(load(yaml, "", Map.of()).callbacks().get("p").values())
        .containsOnly(
            entry("command.0", "a"),
            entry("command.1", "b"),
            entry("command.2", "c"),
            entry("env.HOME", "x"));
    assertThat(
            load(yaml, "", Map.of("CALLBACKS__P", "{\"command\": [\"z\"]}"))
                .callbacks()
                .get("p")
                .values())
        .containsOnly(entry("command.0", "z"), entry("env.HOME", "x"));
    assertThat(load(yaml, "", Map.of("CALLBACKS__P__COMMAND", "z")).callbacks().get("p").values())
        .containsOnly(entry("command", "z"), entry("env.HOME", "x"));
  }

  @Test
  void aVariableReachesNamesThatAreWrittenWithHyphensAndCapitals() throws InvalidConfig {
    Settings settings =
        load(
            "callbacks: {My-Hook: {type: webhook, url: a, headers: {X-Key: b}}}\n",
            "",
            Map.of("CALLBACKS__MY_HOOK__HEADERS__X_KEY", "c"));

    assertThat(settings.callbacks().get("My-Hook").values())
        .containsOnly(entry("url", "a"), entry("headers.X-Key", "c"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "${A}            | from environment",
        "${B}            | from .env",
        "${C:fallback}   | fallback",
        "${C:}x          | x",
        "${C:-1}         | -1",
        "${C:a:b}        | a:b",
        "${C:${B}}       | from .env",
        "${C:${D:deep}}  | deep",
        "${A:x}          | from environment",
        "<${A}-${B}>     | <from environment-from .env>",
        "$${A}           | ${A}",
        "$A $$ 5$        | $A $$ 5$",
        "${E}            | ${A}",
        "${C:{\"a\": 1}} | {\"a\": 1}",
      })
  void expressionsLookIntoTheEnvironmentThenEnvFile(String value, String expanded)
      throws InvalidConfig {
    Settings settings =
        load(
            "environment: '" + value + "'\n",
            "A=hidden\nB=from .env\n",
            Map.of("A", "from environment", "E", "${A}"));

    assertThat(Config.shown(settings, "environment")).isEqualTo(expanded);
  }

  @Test
  void expressionsAreExpandedWhereverTheValueStands() throws InvalidConfig {
    Settings settings =
        load(
            "max_concurrent: ${N:7}\n",
            "TIMEZONE=${ZONE}\nENVIRONMENT='${ZONE}'\n",
            Map.of("ZONE", "Asia/Tokyo", "LOG", "{\"format\": \"${FORM:json}\"}"));

    assertThat(settings.limits("stdout").maxConcurrent()).isEqualTo(7);
    assertThat(settings.timezone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(Config.shown(settings, "environment"))
        .as("single quotes are plain text")
        .isEqualTo("${ZONE}");
    assertThat(settings.logAsJson()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "${NO}      | needs NO, which neither the environment nor .env sets; allowed: to set "
            + "it, or a default: ${NO:default}",
        "${NO       | has ${ without its }; allowed: ${NAME}, ${NAME:default}, $${ for ${",
        "${}        | has ${…} without a name in it; allowed: ${NAME}, ${NAME:default}, $${ for ${",
        "${a b:c}   | has ${…} without a name in it; allowed: ${NAME}, ${NAME:default}, $${ for ${",
      })
  void anExpressionThatCannotBeExpandedIsTold(String value, String fault) {
    assertThat(Config.problems("environment: '" + value + "'\n"))
        .containsExactly("config.yaml:7: environment: \"" + value + "\" " + fault);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "5, PT5S",
    "0.25, PT0.25S",
    "30s, PT30S",
    "24h, PT24H",
    "1h30m, PT1H30M",
    "500ms, PT0.5S",
    "2d, PT48H",
    "1w, PT168H",
    "0, PT0S"
  })
  void timeSpansAreSecondsOrHaveUnits(String written, Duration span) throws InvalidConfig {
    assertThat(Config.of("shutdown_timeout: " + written + "\n").shutdownTimeout()).isEqualTo(span);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "true, true",
    "yes, true",
    "on, true",
    "1, true",
    "'\"no\"', false",
    "off, false",
    "0, false",
    "FALSE, false"
  })
  void flagsAreYamlsOwnWords(String written, boolean flag) throws InvalidConfig {
    assertThat(Config.of("debug: " + written + "\n").debug()).isEqualTo(flag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "010", "12:30", "0x1F", "1_000", "2050-05-05", "1.10", "~x", "on"})
  void textStaysAsItIsWrittenWhateverYamlMakesOfIt(String written) throws InvalidConfig {
    assertThat(Config.shown(Config.of("environment: " + written + "\n"), "environment"))
        .isEqualTo(written);
  }

  @Test
  void optionalLimitsMayBeNone() throws InvalidConfig {
    Settings settings = Config.of("catch_up_rate: none\ncatch_up_max: 0\ndead_letter: NONE\n");

    assertThat(settings.limits("stdout").catchUpRate()).isEmpty();
    assertThat(settings.catchUpMax()).isEqualTo(Optional.of(0L));
    assertThat(settings.limits("stdout").deadLetter()).isEmpty();
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "TEST, 1",
    "LOG, debug",
    "RETRY, 3",
    "KAFKA, localhost:9092",
    "HISTORY, ''",
    "CALLBACKS, '[1]'"
  })
  void aVariableNamedAsASectionThatIsNoJsonObjectIsToldAndIgnored(String name, String value)
      throws InvalidConfig {
    String key = name.toLowerCase(Locale.ROOT);
    Settings settings = load("", "", Map.of(name, value));

    assertThat(settings.origins()).isEqualTo(load("", "", Map.of()).origins());
    assertThat(settings.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "environment variable "
                + name
                + ": "
                + key
                + ": not a JSON object, so this variable is ignored: it may belong to another"
                + " program; settings of the section are set by variables such as "
                + name
                + "__NAME");
    assertThat(load("", name + "='" + value + "'\n", Map.of()).warnings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app:*", "*", "release", ""})
  void aDebugThatIsNoFlagIsToldAndIgnored(String value) throws InvalidConfig {
    Settings settings = load("debug: true\n", "", Map.of("DEBUG", value));
    assertThat(settings.debug()).isTrue();
    assertThat(settings.warnings())
        .singleElement()
        .asString()
        .startsWith("environment variable DEBUG: debug: neither true nor false, so this variable");
  }

  @Test
  void aDebugThatIsAFlagOrAnExpressionCounts() throws InvalidConfig {
    assertThat(load("", "", Map.of("DEBUG", "1")).debug()).isTrue();
    assertThat(load("", "DEBUG=${LOUD:true}\n", Map.of()).debug()).isTrue();
  }

  /** {@code echo token | base64} leaves a line break in the secret of a container. */
  @Test
  void lineBreaksAtTheEndOfVariablesAreLeftOutAndTold() throws InvalidConfig {
    Settings settings =
        load(
            """
            callbacks:
              hook:
                type: webhook
                url: http://h/
                secret: |
                  one line
                text: |
                  {command}
                headers: {X-Key: "Key ${KEY}"}
            rest: {url: 'http://h'}
            """,
            "",
            Map.of(
                "REST__TOKEN", "abc\r\n",
                "KEY", "k\n\n",
                "ACTIONS_DB", "{\"url\": \"postgresql://u:p@h/d\"}\n"));

    Map<String, String> hook = settings.callbacks().get("hook").values();
    assertThat(hook)
        .contains(
            entry("headers.X-Key", "Key k"),
            entry("secret", "one line"),
            entry("text", "{command}\n"));
    assertThat(settings.restSources().get(0).access().token()).contains("abc");
    String leftOut = "ends with a line break, which is left out";
    assertThat(settings.warnings().stream().map(Problem::toString))
        .hasSize(3)
        .anyMatch(it -> it.startsWith("environment variable REST__TOKEN: rest.token: " + leftOut))
        .anyMatch(it -> it.startsWith("config.yaml:11: callbacks.hook.secret: " + leftOut))
        .anyMatch(
            it ->
                it.startsWith(
                    "config.yaml:15: callbacks.hook.headers.X-Key: the variable KEY " + leftOut));
  }

  @Test
  void mergeKeysOfYamlWork() throws InvalidConfig {
    Settings settings =
        Config.of(
            """
            callbacks:
              a: &a {type: webhook, url: one, method: POST}
              b: {<<: *a, url: two}
            """);

    assertThat(settings.callbacks().get("b").values())
        .containsOnly(entry("url", "two"), entry("method", "POST"));
  }
}
