package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class FireTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final CronReader reader =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
  private final FireTimes times =
      new FireTimes(reader, BERLIN, InstantSource.fixed(Instant.parse("2026-11-20T00:00:00Z")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"id\": 1, \"cron\": \"@daily\", \"count\": 2} | {\"id\":1,\"next\":[\"2026-11-21T00:00:00+01:00\",\"2026-11-22T00:00:00+01:00\"]}",
        "{\"id\": \"a\", \"cron\": \"@daily\", \"timezone\": \"UTC\", \"count\": 1} | {\"id\":\"a\",\"next\":[\"2026-11-21T00:00:00+00:00\"]}",
        "{\"cron\": \"1d\", \"after\": \"2026-07-01\", \"count\": 1} | {\"id\":null,\"next\":[\"2026-07-01T02:00:00+02:00\"]}",
        "{\"id\": {\"x\": []}, \"cron\": \"2020-01-01\"} | {\"id\":{\"x\":[]},\"next\":[]}",
        "{\"id\": 1, \"cron\": \"2020-01-01T00:00:00.25Z\", \"before\": \"2026-01-01\"} | {\"id\":1,\"previous\":[\"2020-01-01T01:00:00.250000+01:00\"]}",
        "{\"id\": 1, \"cron\": \"0 0 * * *\", \"timezone\": \"Africa/Monrovia\", \"after\": \"1950-01-01\", \"count\": 1} | {\"id\":1,\"next\":[\"1950-01-02T00:00:00-00:44:30\"]}",
        "{\"id\": 1, \"cron\": \"0 0 * * *\", \"count\": 0} | {\"id\":1,\"next\":[]}",
        "{\"id\": 1, \"cron\": {\"format\": \"quartz\", \"params\": {\"value\": \"0 0 12 ? * 6#3\"}}, \"count\": 1} | {\"id\":1,\"next\":[\"2026-11-20T12:00:00+01:00\"]}",
        "{\"id\": 1, \"cron\": \"0/5 * * * *\"} | {\"id\":1,\"error\":\"minute \\\"0/5\\\": a step needs * or a range before it; write 0-59/5\"}",
        "{\"id\": 1} | {\"id\":1,\"error\":\"cron: missing; write a schedule\"}",
        "{\"id\": 1, \"cron\": 5} | {\"id\":1,\"error\":\"interval \\\"5\\\": write whole numbers of w, d, h, m and s, the largest unit first, such as 90s or 1h30m\"}",
        "{\"id\": 1, \"cron\": \"@daily\", \"timezone\": \"utc\"} | {\"id\":1,\"error\":\"timezone \\\"utc\\\": unknown; did you mean UTC?\"}",
        "{\"id\": 1, \"cron\": \"@daily\", \"timezone\": 5} | {\"id\":1,\"error\":\"timezone \\\"5\\\": not text; write a zone's name\"}",
        "{\"id\": 1, \"cron\": \"@daily\", \"after\": 5} | {\"id\":1,\"error\":\"after \\\"5\\\": not text; write an instant\"}",
        "{\"id\": 1, \"cron\": \"@daily\", \"count\": -1} | {\"id\":1,\"error\":\"count \\\"-1\\\": allowed are 0 to 100000\"}",
        "{\"id\": 1, \"cron\": \"@daily\", \"count\": \"5\"} | {\"id\":1,\"error\":\"count \\\"5\\\": allowed are 0 to 100000\"}",
        "[1] | {\"id\":null,\"error\":\"a line is an object such as {\\\"id\\\": 1, \\\"cron\\\": \\\"@daily\\\"}\"}",
      })
  void aLineIsAnsweredByALine(String line, String answer) {
    assertThat(times.answer(line)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"id\": 1, \"id\": 2}", "\"@daily\" 5", "nonsense", "{\"id\": 1e999}"})
  void aLineThatIsNoJsonIsAnsweredToo(String line) {
    assertThat(times.answer(line)).startsWith("{\"id\":").contains("\"error\":\"");
  }

  @Test
  void deepJsonIsRefusedAndDoesNoHarm() {
    assertThat(times.answer("[".repeat(100_000))).contains("\"error\":\"");
  }

  @Test
  void aScheduleSaysWhenItFiresByTheClockOfItsZone() throws InvalidSchedule {
    Instant at = Instant.parse("2026-10-25T00:15:00Z");

    assertThat(FireTimes.next(reader.read("30 * * * *", BERLIN), at, 3))
        .containsExactly(
            "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:30:00+01:00");
    assertThat(FireTimes.previous(reader.read("30 * * * *", BERLIN), at, 2))
        .containsExactly("2026-10-25T01:30:00+02:00", "2026-10-25T00:30:00+02:00");
  }
}
