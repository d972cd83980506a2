package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronReaderTest {
  private static final String UNIX =
      "{\"format\": \"unix\", \"params\": {\"value\": \"0 9 * * *\"}}";
  private static final Instant AFTER = Instant.parse("2026-01-01T08:00:00Z");

  private final CronReader reader =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));

  @Test
  void jsonThatWasEncodedOnceTooOftenIsTakenForWhatItHolds() throws InvalidSchedule {
    Timing once = reader.read(UNIX, ZoneOffset.UTC);
    String twice = Json.write(UNIX);

    assertThat(reader.read(twice, ZoneOffset.UTC)).isEqualTo(once);
    assertThat(reader.read(Json.write(twice), ZoneOffset.UTC)).isEqualTo(once);
    assertThat(reader.read(Json.write(Json.write("0 9 * * *")), ZoneOffset.UTC).schedule())
        .isEqualTo(once.schedule());
  }

  @Test
  void whatIsEncodedAgainAndAgainIsRefused() {
    String text = UNIX;
    for (int i = 0; i < 10; i++) {
      text = Json.write(text);
    }
    String deep = text;

    assertThatThrownBy(() -> reader.read(deep, ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageEndingWith("write it once");
  }

  @Test
  void aListAroundItIsNamedAsSuch() {
    assertThatThrownBy(() -> reader.read("[" + UNIX + "]", ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageContaining("neither text nor an object");
  }

  /** Forms and ORMs store every field, null where nothing was given. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'format': 'unix', 'params': {'value': '0 9 * * *', 'timezone': null}}",
        "{'format': 'apscheduler', 'params': {'hour': 9, 'minute': null, 'day': null, 'week': null,"
            + " 'start_date': null, 'end_date': null, 'timezone': null, 'jitter': null}}",
        "{'format': 'quartz', 'params': {'value': '0 0 9 * * ?', 'timezone': null}}",
        "{'format': 'interval', 'params': {'every': '1h', 'start_date': null, 'timezone': null}}",
        "{'format': 'date', 'params': {'run_date': '2026-01-01 09:00:00', 'timezone': null}}",
      })
  void nullIsNotGiven(String cron) throws InvalidSchedule {
    Timing timing = reader.read(cron.replace('\'', '"'), ZoneId.of("UTC"));

    assertThat(timing.schedule().next(AFTER)).contains(Instant.parse("2026-01-01T09:00:00Z"));
  }

  @Test
  void nullIsNoValueOfWhatMustBeGiven() {
    assertThatThrownBy(
            () ->
                reader.read(
                    "{\"format\": \"unix\", \"params\": {\"value\": null}}", ZoneOffset.UTC))
        .hasMessageStartingWith("value: missing");
    assertThatThrownBy(
            () ->
                reader.read(
                    "{\"format\": \"apscheduler\", \"params\": {\"hour\": null}}", ZoneOffset.UTC))
        .hasMessageStartingWith("params: no field is given");
  }
}
