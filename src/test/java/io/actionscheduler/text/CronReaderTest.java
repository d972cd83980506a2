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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** A form that encodes its fields one by one stores the params as text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'format': 'unix', 'params': %s}",
        "{'params': %s, 'format': 'unix'}",
      })
  void paramsThatWereEncodedOnTheirOwnAreTakenForWhatTheyHold(String form) throws InvalidSchedule {
    Timing once = reader.read(UNIX, ZoneOffset.UTC);
    String params = Json.write("{\"value\": \"0 9 * * *\"}");
    String text = form.replace('\'', '"').formatted(params);

    assertThat(reader.read(text, ZoneOffset.UTC).schedule()).isEqualTo(once.schedule());
    assertThat(reader.read(Json.write(text), ZoneOffset.UTC).schedule()).isEqualTo(once.schedule());
    String twice = form.replace('\'', '"').formatted(Json.write(params));
    assertThat(reader.read(twice, ZoneOffset.UTC).schedule()).isEqualTo(once.schedule());
    assertThat(CronReader.with(text, Map.of("jitter", 5)))
        .isEqualTo(CronReader.with(UNIX, Map.of("jitter", 5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"value\": 0 9 * * *} | params: text that is not JSON: ",
        "0 9 * * * | params: missing or no object; write {\"format\": …",
        "[1] | params: missing or no object; write {\"format\": …",
      })
  void textThatHoldsNoParamsIsNamedAsSuch(String params, String told) {
    String cron = "{\"format\": \"unix\", \"params\": " + Json.write(params) + "}";

    assertThatThrownBy(() -> reader.read(cron, ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith(told);
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

  /** Copied from a web page: what is shown would look as it should. */
  @Test
  void anOddCharacterBetweenTheMembersOfJsonIsNamed() {
    String cron = UNIX.replace(", \"params\"", ",\u00a0\"params\"");

    assertThatThrownBy(() -> reader.read(cron, ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("not JSON: unexpected no-break space (U+00A0)")
        .hasMessageContaining("column");
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
