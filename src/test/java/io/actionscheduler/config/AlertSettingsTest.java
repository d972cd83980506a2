package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
  private static final String CONFIG =
      """
      actions_db: {dialect: sqlite, database: x.db}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      """;

  private static Settings settings(String more) throws InvalidConfig {
    return ConfigLoader.parse(CONFIG + more, "", Map.of());
  }

  @Test
  void thereAreNoneUnlessACallbackIsNamed() throws Exception {
    assertThat(settings("").alerts()).isEmpty();
    assertThat(settings("").disableAfter()).isEmpty();
  }

  @Test
  void aCallbackAloneIsEnough() throws Exception {
    assertThat(settings("alerts: {callback: stdout}\n").alerts())
        .contains(
            new Settings.Alerts(
                List.of("stdout"),
                Optional.of(1),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(Duration.ofMinutes(1)),
                true));
  }

  @Test
  void eachKindCanBeSwitchedOff() throws Exception {
    String more =
        """
        alerts:
          callback: stdout
          failures_in_a_row: none
          late_by: none
          unavailable_for: none
          overdue_for: none
          recovered: false
        disable_after: 5
        """;
    assertThat(settings(more).alerts())
        .contains(
            new Settings.Alerts(
                List.of("stdout"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    assertThat(settings(more).disableAfter()).contains(5);
  }

  @Test
  void anUnknownReceiverIsToldWithTheOneThatWasMeant() {
    assertThatThrownBy(() -> settings("alerts: {callback: 'stdout, stdot'}\n"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems().toString())
                    .contains(
                        "alerts.callback: \"stdout, stdot\" is unknown; did you mean stdout?"));
  }

  @Test
  void settingsOfAlertsThatNobodyReceivesAreRefused() {
    assertThatThrownBy(() -> settings("alerts: {late_by: 5m}\n"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems().toString())
                    .contains("alerts.callback", "add the callback that receives the alerts"));
  }

  @Test
  void thePageListsEverySettingWithItsDefaultAndItsExampleLoads() throws Exception {
    String page = Files.readString(Path.of("docs/alerts.md"));
    AlertKeys.all()
        .forEach(
            key ->
                assertThat(page)
                    .contains(
                        "| `"
                            + key.name()
                            + "` | "
                            + key.fallback().map(value -> "`" + value + "`").orElse("none")
                            + " |"));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(start, page.indexOf("```", start));
    assertThat(settings(example).alerts().orElseThrow().callbacks()).containsExactly("on_call");
  }
}
