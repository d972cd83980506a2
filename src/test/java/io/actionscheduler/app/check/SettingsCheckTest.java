package io.actionscheduler.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-27T12:00:00Z");

  private static List<String> problems(String yaml, Map<String, String> environment) {
    InvalidConfig told =
        catchThrowableOfType(
            InvalidConfig.class,
            () -> SettingsCheck.check(ConfigLoader.parse(yaml, "", environment), CLOCK));
    return SettingsCheck.completed(told, CLOCK).problems().stream()
        .map(problem -> problem.source() + " " + problem.key())
        .toList();
  }

  /** Whoever mends the first list must not be shown a second one. */
  @Test
  void mistakesOfEveryPartAreOneListInTheOrderOfLines() {
    List<String> problems =
        problems(
            """
            actions_db: {dialect: sqlite, database: x.db}
            track_changes_period: often
            action:
              callback: w
              defaults: {merge_missed: maybe, actuality_time: -1}
            calendars:
              holidays:
                ics: [no-such-a.ics, no-such-b.ics]
            callbacks:
              q: {type: redis, list: x, port: zero, max_concurrent: lots}
              w:
                type: webhook
                timeout: soon
              k: {type: kafka, topic: 'a b'}
              n: {host: h}
            http:
              port: 0
              api_key: 0123456789abcdef0123456789abcdef
              tls: {keystore: no-such.p12, password: x}
            """,
            Map.of("CALLBACKS__Q__TIMEOUT", "later"));
    assertThat(problems)
        .containsExactly(
            "config.yaml:2 track_changes_period",
            "config.yaml:5 action.defaults.merge_missed",
            "config.yaml:8 calendars.holidays.ics",
            "config.yaml:8 calendars.holidays.ics",
            "config.yaml:10 callbacks.q.max_concurrent",
            "config.yaml:10 callbacks.q.port",
            "config.yaml:12 callbacks.w.url",
            "config.yaml:13 callbacks.w.timeout",
            "config.yaml:14 callbacks.k.server",
            "config.yaml:14 callbacks.k.topic",
            "config.yaml:15 callbacks.n.type",
            "config.yaml:19 http.tls.keystore",
            "environment variable CALLBACKS__Q__TIMEOUT callbacks.q.timeout");
  }

  @Test
  void aSettingWhoseValueWasRefusedIsNotToldTwice() {
    assertThat(
            problems(
                """
                actions_db: {dialect: sqlite, database: x.db}
                action: {callback: kafka, defaults: {merge_missed: true, actuality_time: -1}}
                kafka: {topic: t}
                alerts: {callback: kafka, failures_in_a_row: lots}
                """,
                Map.of()))
        .containsExactly("config.yaml:3 kafka.server", "config.yaml:4 alerts.failures_in_a_row");
  }
}
