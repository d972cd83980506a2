package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The Python program's own configuration files run unchanged. */
class PythonConfigsTest {
  private static Settings load(String file) throws InvalidConfig {
    return ConfigLoader.load(
        Path.of("src/test/resources/config", file), Path.of("no/.env"), Map.of());
  }

  @Test
  void theTrivialOneRuns() throws InvalidConfig {
    Settings settings = load("python-trivial.yaml");

    assertThat(settings.callback()).isEqualTo("stdout");
    assertThat(settings.callbacks()).containsOnlyKeys("stdout");
    assertThat(settings.trackChangesPeriod()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.mergeMissed()).isFalse();
    assertThat(settings.actualityTime()).isEqualTo(-1);
    assertThat(settings.writeSampleActions()).isTrue();
    assertThat(settings.actionsDb().orElseThrow().file())
        .contains(Path.of("database.db").toAbsolutePath().normalize());
    assertThat(settings.internalDb().orElseThrow().isSameFile(settings.actionsDb().orElseThrow()))
        .isTrue();
  }

  @Test
  void thePracticalOneRuns() throws InvalidConfig {
    Settings settings = load("python-practical.yaml");

    assertThat(settings.actionsDb().orElseThrow())
        .isEqualTo(
            new DatabaseSettings(
                "actions_db",
                Dialect.POSTGRESQL,
                "jdbc:postgresql://localhost:5432/postgres",
                Optional.of("postgres"),
                Optional.of("postgres"),
                Optional.empty()));
    assertThat(settings.internalDb().orElseThrow().dialect()).isEqualTo(Dialect.SQLITE);
    assertThat(settings.callback()).isEqualTo("kafka");
    assertThat(settings.callbacks().get("kafka"))
        .isEqualTo(
            new Settings.Named(
                "kafka",
                "kafka",
                "kafka",
                Map.of("server", "localhost:1234", "topic", "some_topic")));
    assertThat(settings.mergeMissed()).isTrue();
    assertThat(settings.actualityTime()).isEqualTo(600);
  }
}
