package io.actionscheduler.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings take as brokers the callback takes, too, wherever it stands. */
class BrokersTest {
  private static final String CONFIG =
      """
      actions_db: {dialect: sqlite, database: x.db}
      action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 60}}
      """;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a:1 | true",
        "a:1, | true",
        "a:1,,b:2 | true",
        "kafka://a:1/, b_c:2 | true",
        "[::1]:9092 | true",
        "[fe80::1%eth0]:9092 | true",
        "a | false",
        "a:0 | false",
        "a:70000 | false",
        "http://a:1 | false",
        "user@a:1 | false",
        "',' | false"
      })
  void bothAgree(String server, boolean good) {
    assertThat(isTaken("kafka: {server: '%s', topic: t}".formatted(server))).isEqualTo(good);
    assertThat(isTaken("callbacks: {k: {type: kafka, server: '%s', topic: t}}".formatted(server)))
        .isEqualTo(good);
  }

  private static boolean isTaken(String section) {
    try {
      Settings settings = ConfigLoader.parse(CONFIG + section, "", Map.of());
      ConfiguredCallbacks.of(settings, Clock.systemUTC(), reason -> {}).close();
      return true;
    } catch (InvalidConfig e) {
      assertThat(e.getMessage()).contains("server: ", "host:port or kafka://host:port");
      return false;
    }
  }
}
