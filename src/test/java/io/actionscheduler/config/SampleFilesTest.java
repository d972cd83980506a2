package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.source.rest.RestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that come with the project work as they are. */
class SampleFilesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final List<Map<String, Object>> BOTH =
      List.of(
          Map.of(
              "name", "Action1",
              "command", "command1",
              "cron", Map.of("format", "unix", "params", Map.of("value", "* * * * *"))),
          Map.of(
              "name", "Action2",
              "command", "command2",
              "cron",
                  Map.of(
                      "format",
                      "apscheduler",
                      "params",
                      Map.of("second", "*/20", "end_date", "2050-05-05"))));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "config.yaml, stdout",
    "sample_configs/trivial/config.yaml, stdout",
    "sample_configs/practical/config.yaml, kafka",
    "sample_configs/cluster/config.yaml, stdout",
    "sample_configs/cron-service/config.yaml, telegram",
    "sample_configs/job-scheduler/config.yaml, data_processing",
    "sample_configs/scheduler-service/config.yaml, stdout"
  })
  void everySampleConfigurationLoads(Path file, String callback) throws InvalidConfig {
    Settings settings =
        ConfigLoader.load(
            ROOT.resolve(file),
            ROOT.resolve(".env.example"),
            Map.of("API_KEY", "a-key-of-the-test-that-is-long-enough"));

    assertThat(settings.callback()).isEqualTo(callback);
  }

  @Test
  void theSchedulerServiceTakesTheVariablesOfTheServiceThatItReplaces() throws InvalidConfig {
    Path config = ROOT.resolve("sample_configs/scheduler-service/config.yaml");
    Settings settings =
        ConfigLoader.load(
            config,
            folder.resolve(".env"),
            Map.of(
                "API_KEY", "a-key-of-the-test-that-is-long-enough",
                "DATABASE_URL", "postgresql+asyncpg://me:secret@db.example.com:5433/jobs",
                "REDIS_URL", "redis://localhost:6379/0",
                "LOG_LEVEL", "WARNING",
                "ENVIRONMENT", "production"));

    assertThat(settings.actionsDb().orElseThrow().jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example.com:5433/jobs");
    assertThat(settings.actionsDb().orElseThrow().username()).contains("me");
    assertThat(settings.internalDb().orElseThrow().jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example.com:5433/jobs");
    assertThat(settings.logLevel()).isEqualTo("WARN");
    assertThat(settings.mergeMissed()).isTrue();
    assertThat(settings.actualityTime()).isNegative();
    assertThat(settings.http().orElseThrow().development()).isFalse();
    assertThat(settings.http().orElseThrow().address().port()).isEqualTo(8000);
    assertThatThrownBy(() -> ConfigLoader.load(config, folder.resolve(".env"), Map.of()))
        .hasMessageContaining("API_KEY");
  }

  @Test
  void theCronServiceIsAsItWasWithoutAnyVariable() throws InvalidConfig {
    Settings settings =
        ConfigLoader.load(
            ROOT.resolve("sample_configs/cron-service/config.yaml"),
            folder.resolve(".env"),
            Map.of());
    RestSettings rest = settings.restSources().get(0);

    assertThat(settings.actionsDb()).isEmpty();
    assertThat(settings.unixAsApscheduler()).isTrue();
    assertThat(rest.list()).hasToString("http://rest_service:8000/api/cronjobs/");
    assertThat(rest.period()).isEqualTo(Duration.ofSeconds(60));
    assertThat(rest.access().tries()).isEqualTo(3);
    assertThat(rest.access().between()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.callbacks().get("telegram").values())
        .containsEntry("host", "redis")
        .containsEntry("port", "6379")
        .containsEntry("database", "0")
        .containsEntry("list", "queue:to_telegram")
        .containsEntry("chat_id", "0");
  }

  @Test
  void theOneInTheRootIsTheTrivialOne() throws IOException {
    assertThat(Files.readString(ROOT.resolve("config.yaml")))
        .isEqualTo(Files.readString(ROOT.resolve("sample_configs/trivial/config.yaml")));
  }

  @Test
  void everyLineOfTheEnvExampleLoads() throws IOException {
    String env =
        Files.readString(ROOT.resolve(".env.example")).replaceAll("(?m)^# ([A-Z_]+=)", "$1");

    assertThat(env).contains("\nKAFKA=");
    assertThat(
            Config.problems(
                "action: {callback: kafka, defaults: {actuality_time: 1}}\n", env, Map.of()))
        .isEmpty();
  }

  @Test
  void theTwoSampleActionsStandInTheRootAndInTheProgram() throws InvalidConfig {
    assertThat(SampleActions.beside(ROOT.resolve("config.yaml"))).isEqualTo(BOTH);
    assertThat(SampleActions.beside(folder.resolve("config.yaml"))).isEqualTo(BOTH);
  }

  @Test
  void sampleActionsBesideTheConfigurationGoBeforeTheProgramsOwn() throws Exception {
    Files.writeString(
        folder.resolve("sample_actions.yaml"), "- {name: 1, command: no, cron: '@daily'}\n");

    assertThat(SampleActions.beside(folder.resolve("config.yaml")))
        .containsExactly(Map.of("name", "1", "command", "no", "cron", "@daily"));
  }

  @Test
  void sampleActionsThatAreNoneAreTold() throws IOException {
    Path file = Files.writeString(folder.resolve("sample_actions.yaml"), "- {nam: x}\n- y\n");

    assertThatThrownBy(() -> SampleActions.beside(folder.resolve("config.yaml")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(file + ": line 1: nam: unknown column; did you mean name?")
        .hasMessageContaining(file + ": line 2: an action is expected");
  }
}
