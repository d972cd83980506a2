package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.config.Settings.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionKeysTest {
  private static final String KEY = "http: {api_key: a-key-of-the-test-that-is-long-enough}\n";
  private static final String ON = KEY + "execution: {enabled: true, memory: 64MiB}\n";

  @Test
  void codeRunsOnlyWhereItIsSwitchedOn() throws InvalidConfig {
    assertThat(settings(KEY).callbacks()).doesNotContainKeys("python_code", "shell_script");
    Settings on = settings(ON);
    assertThat(on.callbacks()).containsKeys("python_code", "shell_script", "number_crunching");
    assertThat(on.callbacks().get("python_code"))
        .isEqualTo(
            new Named(
                "python_code",
                "python_code",
                "execution",
                Map.of("enabled", "true", "memory", "64MiB")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http: {port: 8000}\n",
        "http: {api_key: ''}\n",
        "http: {api_key: '${ABSENT:}'}\n",
        "http: {api_keys: [{name: a, key: ''}]}\n"
      })
  void withoutAKeyItCannotBeSwitchedOn(String http) {
    assertThat(Config.problems(Config.ENOUGH + http + "execution: {enabled: true}\n", "", Map.of()))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("execution.enabled: true needs a key of the HTTP API")
                    .endsWith("or execution.enabled: false"));
  }

  @Test
  void aCallbackOfItsOwnHasWhatTheSectionSaysAndMayReplaceIt() throws InvalidConfig {
    Settings settings =
        settings(
            ON
                + "callbacks: {open: {type: python_code, network: true, memory: 1GiB,"
                + " max_concurrent: 3}}\n");
    Named open = settings.callbacks().get("open");
    assertThat(open.values())
        .containsOnly(
            Map.entry("network", "true"),
            Map.entry("memory", "1GiB"),
            Map.entry("enabled", "true"));
    assertThat(settings.limits("open").maxConcurrent()).isEqualTo(3);
    assertThat(settings.originOf(open, "enabled")).startsWith("config.yaml:");
  }

  @Test
  void theSectionLimitsItsCallbacks() throws InvalidConfig {
    Settings settings =
        settings(KEY + "execution: {enabled: true, max_concurrent: 2, retry: {max_retries: 0}}\n");
    assertThat(settings.limits("shell_script").maxConcurrent()).isEqualTo(2);
    assertThat(settings.limits("shell_script").retry().maxRetries()).isZero();
    assertThat(settings.limits("stdout").maxConcurrent()).isEqualTo(20);
  }

  @Test
  void aCallbackThatRunsCodeIsRefusedWhereThatIsOff() {
    assertThat(
            Config.problems(
                Config.ENOUGH + "callbacks: {mine: {type: shell_script}}\n", "", Map.of()))
        .singleElement()
        .asString()
        .contains("callbacks.mine: shell_script runs code, which is not enabled; set");
    assertThat(Config.problems(Config.ENOUGH, "", Map.of("ACTION__CALLBACK", "python_code")))
        .singleElement()
        .asString()
        .contains("action.callback: python_code runs code, which is not enabled; set");
  }

  @Test
  void wrongValuesAndUnknownNamesAreTold() {
    assertThat(
            Config.problems(
                Config.ENOUGH
                    + KEY
                    + "execution:\n  memory: lots\n  least_rung: 5\n  time_limt: 5m\n",
                "",
                Map.of()))
        .hasSize(3)
        .anySatisfy(each -> assertThat(each).contains("\"lots\" is not an amount of bytes"))
        .anySatisfy(each -> assertThat(each).contains("execution.least_rung"))
        .anySatisfy(each -> assertThat(each).contains("did you mean execution.time_limit?"));
  }

  @Test
  void whatCanBeReadIsAList() throws InvalidConfig {
    Settings settings =
        settings(KEY + "execution: {enabled: true, readable: [/srv/data, /opt/venv]}\n");
    assertThat(settings.callbacks().get("python_code").values())
        .containsEntry("readable", "/srv/data,/opt/venv");
  }

  @Test
  void everySettingIsListed() throws IOException {
    String page = Files.readString(Path.of("docs/callbacks/code.md"));
    List<String> shared =
        Keys.OF_A_CALLBACK.stream().map(key -> "execution." + key.name()).toList();
    assertThat(
            ExecutionKeys.all()
                .map(Key::name)
                .filter(name -> !shared.contains(name))
                .filter(name -> !page.contains("| `" + name + "` | ")))
        .isEmpty();
  }

  private static Settings settings(String yaml) throws InvalidConfig {
    return ConfigLoader.parse(Config.ENOUGH + yaml, "", Map.of());
  }
}
