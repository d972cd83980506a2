package io.actionscheduler.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class DialectDifferencesTest {
  private final DialectDifferences differences =
      new DialectDifferences(ZoneOffset.UTC, Instant.parse("2026-11-20T10:00:00Z"));

  private static ActionRow unix(String value) {
    return ActionRow.of(
        Map.of(
            Column.ID,
            "1",
            Column.CRON,
            "{\"format\": \"unix\", \"params\": {\"value\": \"" + value + "\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/5 9-17 * * *",
        "0 0 1 * *",
        "30 3 * * mon-fri",
        "0 0 * jan *",
        "0 0 30 2 *",
        "nonsense"
      })
  void whatBothReadAlikeIsNoDifference(String value) {
    assertThat(differences.of(unix(value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 * * 1",
        "* * 13 * 5",
        "0 0 1 * mon",
        "0/15 * * * *",
        "0 0 last * *",
        "0 0 * * 7"
      })
  void whatTheyReadDifferentlyIsToldWithBothReadings(String value) {
    assertThat(differences.of(unix(value)))
        .hasValueSatisfying(
            told -> assertThat(told).contains("crontab: ", "Python program: ", "unix_dialect"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\": \"apscheduler\", \"params\": {\"day_of_week\": \"0\"}}",
        "{\"format\": \"interval\", \"params\": {\"every\": \"90s\"}}",
        "90s",
        "2026-12-31T23:59:59Z"
      })
  void otherFormsHaveOneReading(String cron) {
    assertThat(differences.of(ActionRow.of(Map.of(Column.ID, "1", Column.CRON, cron)))).isEmpty();
  }
}
