package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.actionscheduler.config.Settings.Limits;
import io.actionscheduler.config.Settings.Named;
import io.actionscheduler.config.Settings.Retry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbacksTest {
  private static Settings withCallback(String callback, String yaml) throws InvalidConfig {
    return ConfigLoader.parse(Config.ENOUGH + yaml, "", Map.of("ACTION__CALLBACK", callback));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "stdout, stdout",
    "kafka, kafka",
    "action_scheduler.callbacks:print_command, stdout",
    "action_scheduler.callbacks:kafka_send, kafka",
    "alerts, alerts",
    "com.acme.Callback, com.acme.Callback",
    "com.acme.Outer$Inner, com.acme.Outer$Inner"
  })
  void theDefaultCallbackIsNamedInSeveralWays(String written, String name) throws InvalidConfig {
    Settings settings =
        withCallback(
            written, "kafka: {server: 'a:1', topic: t}\ncallbacks: {alerts: {type: webhook}}\n");

    assertThat(settings.callback()).isEqualTo(name);
    assertThat(settings.callbacks()).containsKey(name);
  }

  @Test
  void aClassIsItsOwnType() throws InvalidConfig {
    assertThat(withCallback("com.acme.Callback", "").callbacks().get("com.acme.Callback"))
        .isEqualTo(
            new Named("com.acme.Callback", "com.acme.Callback", "action.callback", Map.of()));
  }

  @Test
  void aFunctionOfPythonIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> withCallback("my_package.jobs:run", ""))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(
            "environment variable ACTION__CALLBACK: action.callback: \"my_package.jobs:run\" is a"
                + " function of Python, which can't be called from here; allowed:"
                + " action_scheduler.callbacks:kafka_send,"
                + " action_scheduler.callbacks:print_command, a callback of type process that runs"
                + " it");
  }

  @Test
  void kafkaNeedsItsSection() {
    assertThatThrownBy(() -> withCallback("kafka", ""))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(
            """
            config.yaml: kafka.server: required, and not set; add host:port of a broker, or set the variable KAFKA__SERVER
            config.yaml: kafka.topic: required, and not set; add the name of a topic, or set the variable KAFKA__TOPIC""");
  }

  @Test
  void callbacksOfTypeKafkaShareWhatTheSectionSays() throws InvalidConfig {
    Settings settings =
        Config.of(
            """
            kafka:
              server: [a:1, b:2]
              properties: {acks: all}
            callbacks:
              alerts: {type: kafka, topic: alerts, properties: {linger.ms: 1}}
              far: {type: kafka, topic: far, server: [c:3]}
            """);

    assertThat(settings.callbacks()).containsOnlyKeys("stdout", "alerts", "far");
    assertThat(settings.callbacks().get("alerts").values())
        .containsOnly(
            entry("server", "a:1,b:2"),
            entry("topic", "alerts"),
            entry("properties.acks", "all"),
            entry("properties.linger.ms", "1"));
    assertThat(settings.callbacks().get("far").values())
        .containsOnly(
            entry("server.0", "c:3"), entry("topic", "far"), entry("properties.acks", "all"));
    assertThat(settings.originOf(settings.callbacks().get("alerts"), "server"))
        .isEqualTo("config.yaml:8");
    assertThat(settings.originOf(settings.callbacks().get("alerts"), "topic"))
        .isEqualTo("config.yaml:11");
  }

  @Test
  void aCallbackNamedLikeABuiltInOneNeedsNoType() throws InvalidConfig {
    Settings settings = Config.of("callbacks: {kafka: {server: 'a:1', topic: t}}\n");

    assertThat(settings.callbacks().get("kafka").type()).isEqualTo("kafka");
    assertThat(settings.callbacks().get("kafka").prefix()).isEqualTo("callbacks.kafka");
  }

  @Test
  void twoPlacesForOneCallbackAreRefused() {
    assertThat(
            Config.problems(
                """
                kafka: {server: 'a:1', topic: t}
                callbacks: {kafka: {server: 'a:1', topic: t}}
                """))
        .containsExactly(
            "config.yaml:8: callbacks.kafka: set beside the section kafka, which is the same "
                + "callback;"
                + " keep one of them");
  }

  @Test
  void aCallbackWithoutATypeIsRefused() {
    assertThat(Config.problems("callbacks: {alerts: {url: x}}\n"))
        .containsExactly(
            "config.yaml:7: callbacks.alerts.type: required, and not set; add it, such as kafka or a"
                + " class, or set the variable CALLBACKS__ALERTS__TYPE");
  }

  @Test
  void limitsAreTheCallbacksOwnElseThoseOfAll() throws InvalidConfig {
    Settings settings =
        Config.of(
            """
            max_concurrent: 5
            dead_letter: lost
            retry: {max_retries: 3}
            callbacks:
              lost: {type: stdout}
              mail: {type: email, max_concurrent: 2, catch_up_rate: 10, retry: {retry_delay: 5s}}
            """);

    assertThat(settings.limits("stdout"))
        .isEqualTo(
            new Limits(
                5, Optional.empty(), Optional.of("lost"), new Retry(3, Duration.ofSeconds(1), 2)));
    assertThat(settings.limits("mail"))
        .isEqualTo(
            new Limits(
                2, Optional.of(10), Optional.of("lost"), new Retry(3, Duration.ofSeconds(5), 2)));
    assertThat(settings.limits("lost").deadLetter()).isEmpty();
    assertThat(settings.callbacks().get("mail").values()).as("read by the engine").isEmpty();
  }

  @Test
  void whatACallbacksTypeDoesNotUnderstandIsToldWithItsPlace() throws InvalidConfig {
    Settings settings =
        ConfigLoader.parse(
            Config.ENOUGH
                + """
                callbacks:
                  hook:
                    type: webhook
                    ulr: http://a
                    hosts: [a, b]
                    headers: {X-Any: x}
                  other: {type: com.acme.Callback, any: thing}
                """,
            "",
            Map.of("CALLBACKS__HOOK__TOKN", "hunter2"));

    assertThat(
            settings.unknownCallbackSettings(
                Map.of("webhook", Set.of("url", "hosts", "headers.*", "token"))))
        .extracting(Problem::toString)
        .containsExactly(
            "config.yaml:10: callbacks.hook.ulr: unknown setting, value \"http://a\"; did you mean"
                + " url? known for type webhook: headers.*, hosts, token, url",
            "environment variable CALLBACKS__HOOK__TOKN: callbacks.hook.tokn: unknown setting,"
                + " value \"***\"; did you mean token? known for type webhook: headers.*, hosts,"
                + " token, url");
  }

  @Test
  void theSectionsRedisAndSmtpHoldForEachCallbackOfTheirTypes() throws InvalidConfig {
    Settings settings =
        Config.of(
            """
            redis: {host: r, port: 6380, password: secret, list: q, tls: true}
            smtp: {host: s, security: none}
            callbacks:
              plain: {type: redis}
              events: {type: redis, stream: e}
              elsewhere: {type: redis, host: other}
              mail: {type: email, from: a@b}
              note: {type: email_notification, from: a@b, security: tls}
              hook: {type: webhook, url: 'http://a'}
            """);

    assertThat(settings.callbacks().get("plain").values())
        .containsOnly(
            entry("host", "r"),
            entry("port", "6380"),
            entry("password", "secret"),
            entry("list", "q"),
            entry("tls", "true"));
    assertThat(settings.callbacks().get("events").values())
        .containsEntry("stream", "e")
        .containsEntry("host", "r")
        .doesNotContainKey("list");
    assertThat(settings.callbacks().get("elsewhere").values())
        .as("another server gets no password of this one")
        .containsOnly(entry("host", "other"), entry("list", "q"), entry("tls", "true"));
    assertThat(settings.callbacks().get("mail").values())
        .containsOnly(entry("host", "s"), entry("security", "none"), entry("from", "a@b"));
    assertThat(settings.callbacks().get("note").values()).containsEntry("security", "tls");
    assertThat(settings.callbacks().get("hook").values()).containsOnlyKeys("url");
    assertThat(settings.originOf(settings.callbacks().get("plain"), "host"))
        .isEqualTo("config.yaml:7");
  }

  @Test
  void aSharedSectionThatNoCallbackReadsIsRefused() throws InvalidConfig {
    assertThat(Config.problems("redis: {host: r}\nsmtp: {host: s}\n"))
        .containsExactly(
            "config.yaml:7: redis: holds for callbacks of type redis, and none is declared; declare"
                + " one in the section callbacks, such as callbacks.mine.type: redis, or remove it",
            "config.yaml:8: smtp: holds for callbacks of type email and email_notification, and"
                + " none is declared; declare one in the section callbacks, such as"
                + " callbacks.mine.type: email, or remove it");
    assertThat(Config.withVariables(Map.of("REDIS__HOST", "r")).warnings())
        .as("a variable may be another program's")
        .hasSize(1);
  }
}
