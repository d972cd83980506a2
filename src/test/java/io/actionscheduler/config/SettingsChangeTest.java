package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsChangeTest {
  private static final String BASE =
      """
      actions_db: {dialect: sqlite, database: a.db}
      action: {callback: web, defaults: {merge_missed: false, actuality_time: -1}}
      callbacks:
        web: {type: webhook, url: "http://127.0.0.1:1/", headers: {Authorization: old}}
        more: {type: stdout}
      http: {port: 0, api_key: first-0123456789abcdef0123456789abcdef}
      rest: {url: "http://127.0.0.1:2/", token: old}
      retry: {max_retries: 3}
      log: {level: INFO}
      kafka: {server: "127.0.0.1:3", topic: t}
      calendars:
        offdays: {dates: [2026-12-24], timezone: Europe/Berlin}
      blackout:
        - {from: "22:00", to: "23:00", mode: hold}
      alerts: {callback: more, late_by: 5m}
      """;

  private static SettingsChange after(String from, String to) throws InvalidConfig {
    Settings before = ConfigLoader.parse(BASE, "", Map.of());
    assertThat(BASE).contains(from);
    return SettingsChange.between(before, ConfigLoader.parse(BASE.replace(from, to), "", Map.of()));
  }

  @Test
  void theSameFileIsNoChange() throws InvalidConfig {
    assertThat(after("web", "web").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: old, Authorization: new, web",
    "topic: t, topic: u, kafka",
    "type: stdout, 'type: stdout, retry: {max_retries: 1}', more",
    "max_retries: 3, max_retries: 4, kafka more stdout web"
  })
  void whatACallbackIsMadeOfChangesWithoutARestart(String from, String to, String callbacks)
      throws InvalidConfig {
    SettingsChange change = after(from, to);
    assertThat(change.restart()).isEmpty();
    assertThat(change.callbacks().other()).isEqualTo(Set.of(callbacks.split(" ")));
    assertThat(change.callbacks().made()).isEqualTo(change.callbacks().other());
    assertThat(change.log()).isFalse();
  }

  @Test
  void callbacksComeAndGo() throws InvalidConfig {
    Settings before = ConfigLoader.parse(BASE, "", Map.of());
    SettingsChange change =
        SettingsChange.between(
            before, ConfigLoader.parse(BASE.replace("more", "others"), "", Map.of()));
    assertThat(change.restart()).isEmpty();
    assertThat(change.alerts()).isTrue();
    assertThat(change.callbacks().added()).containsExactly("others");
    assertThat(change.callbacks().removed()).containsExactly("more");
    assertThat(change.callbacks().other()).isEmpty();
    assertThat(change.callbacks().made()).containsExactly("others");
  }

  @ParameterizedTest
  @CsvSource({
    "'2026-12-24', '2026-12-25', ''",
    "'timezone: Europe/Berlin', 'timezone: UTC', ''",
    "'offdays:', 'holidays:', offdays",
    "'{from: \"22:00\"', '{from: \"21:00\"', ''",
    "'mode: hold', 'mode: skip', ''"
  })
  void calendarsAndBlackoutsChangeWithoutARestart(String from, String to, String removed)
      throws InvalidConfig {
    SettingsChange change = after(from, to);
    assertThat(change.restart()).isEmpty();
    assertThat(change.calendars().differ()).isTrue();
    assertThat(String.join(" ", change.calendars().removed())).isEqualTo(removed);
    assertThat(change.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "late_by: 5m, late_by: 6m",
    "'callback: more,', 'callback: web,'",
    "'alerts: {callback: more, late_by: 5m}', ''"
  })
  void soDoAlerts(String from, String to) throws InvalidConfig {
    SettingsChange change = after(from, to);
    assertThat(change.restart()).isEmpty();
    assertThat(change.alerts()).isTrue();
    assertThat(change.callbacks().isEmpty()).isTrue();
  }

  @Test
  void soDoesTheLevelOfTheLog() throws InvalidConfig {
    SettingsChange change = after("level: INFO", "level: DEBUG");
    assertThat(change.log()).isTrue();
    assertThat(change.restart()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a.db, b.db, actions_db",
    "first-0, other-0, http",
    "token: old, token: new, rest",
    "'127.0.0.1:2/', '127.0.0.1:5/', rest.url",
    "'log:', 'timezone: UTC\nlog:', timezone",
    "'log:', 'disable_after: 3\nlog:', disable_after",
    "level: INFO, 'format: json', 'log.format'"
  })
  void everythingElseNeedsOneSecretsToo(String from, String to, String keys) throws InvalidConfig {
    assertThat(after(from, to).restart()).isEqualTo(List.of(keys.split(" (?=[a-z])")));
  }
}
