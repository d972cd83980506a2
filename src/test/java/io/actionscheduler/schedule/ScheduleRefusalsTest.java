package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of what is read, and how what is refused is shown. */
class ScheduleRefusalsTest {
  private static void assertRefused(Object cron, String message) {
    assertThatThrownBy(() -> Parsing.timing(cron, ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessage(message);
  }

  private static Map<String, Object> extended(String field, Object value) {
    return Parsing.form("apscheduler", Map.of(field, value));
  }

  @Test
  void aValueThatIsNoTextIsShownAsJson() {
    assertRefused(
        extended("hour", List.of(1, "a\"\\b", Map.of("x", true))),
        "hour \"[1,\"a\\\"\\\\b\",{\"x\":true}]\": \"[1,\"a\\\"\\\\b\",{\"x\":true}]\" is not"
            + " allowed; allowed are 0 to 23");
    assertRefused(
        Parsing.form("interval", Map.of("every", List.of("5m", "6m"))),
        "every \"[\"5m\",\"6m\"]\": not text, or empty; write \"90s\" or \"1h30m\"");
  }

  @Test
  void aMemberThatIsNullIsNotGiven() throws InvalidSchedule {
    Map<String, Object> params = new HashMap<>();
    params.put("hour", 5L);
    params.put("minute", null);
    params.put("timezone", null);
    params.put("jitter", null);

    Timing timing = Parsing.timing(Parsing.form("apscheduler", params), ZoneOffset.UTC);

    assertThat(timing.schedule()).isEqualTo(Parsing.extended(Map.of("hour", "5"), "UTC"));
    assertThat(timing.jitter()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "1000000000, PT277777H46M40S"})
  void jitterMayBeAnythingUpToItsLimit(long seconds, Duration jitter) throws InvalidSchedule {
    assertThat(
            Parsing.timing(
                    Parsing.form("interval", Map.of("every", "5m", "jitter", seconds)),
                    ZoneOffset.UTC)
                .jitter())
        .isEqualTo(jitter);
    assertThat(
            Parsing.timing(
                    Parsing.form("interval", Map.of("every", "5m", "jitter", (int) seconds)),
                    ZoneOffset.UTC)
                .jitter())
        .isEqualTo(jitter);
    assertThat(
            Parsing.timing(
                    Parsing.form("interval", Map.of("every", "5m", "jitter", (double) seconds)),
                    ZoneOffset.UTC)
                .jitter())
        .isEqualTo(jitter);
  }

  @Test
  void jitterBeyondItsLimitIsRefused() {
    assertRefused(
        Parsing.form("interval", Map.of("every", "5m", "jitter", 1_000_000_001L)),
        "jitter \"1000000001\": allowed are numbers of seconds from 0 to 1000000000");
    assertRefused(
        Parsing.form("interval", Map.of("every", "5m", "jitter", Double.NaN)),
        "jitter \"NaN\": allowed are numbers of seconds from 0 to 1000000000");
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hour | 0-23/23 | 0,23",
        "hour | 10-20/10 | 10,20",
        "hour | 5/6 | 5,11,17,23",
        "hour | 20/3 | 20,23",
        "hour | 5 , 7 | 5,7",
        "hour | 5-5 | 5",
        "day_of_week | mon-wed | 0,1,2",
        "day_of_week | 5-6 | sat,sun",
        "month | jan-mar | 1,2,3",
        "day | LAST | last",
        "day | 1ST  MON | 1st mon",
        "day | 5th sun,31 | 31,5th sun",
      })
  void whatMeansTheSameInAFieldOfApschedulerIsEqual(String field, String one, String other)
      throws InvalidSchedule {
    assertThat(Parsing.extended(Map.of(field, one), "UTC"))
        .isEqualTo(Parsing.extended(Map.of(field, other), "UTC"));
  }

  @ParameterizedTest(name = "{0} fires next at {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "year=2030 | 2030-01-01T00:00:00Z",
        "month=2 | 2027-02-01T00:00:00Z",
        "day=15 | 2026-12-15T00:00:00Z",
        "week=10 | 2027-03-08T00:00:00Z",
        "day_of_week=6 | 2026-11-29T00:00:00Z",
        "hour=5 | 2026-11-29T05:00:00Z",
        "minute=5 | 2026-11-28T12:05:00Z",
        "second=5 | 2026-11-28T12:00:05Z",
        "month=2;hour=3 | 2027-02-01T03:00:00Z",
        "day=last fri | 2026-12-25T00:00:00Z",
        "day=3rd tue | 2026-12-15T00:00:00Z",
        "day=last | 2026-11-30T00:00:00Z",
      })
  void fieldsFinerThanTheFinestOneGivenHaveTheirLeastValue(String fields, Instant next)
      throws InvalidSchedule {
    Map<String, String> params = new HashMap<>();
    for (String field : fields.split(";")) {
      params.put(field.split("=")[0], field.split("=")[1]);
    }
    assertThat(Parsing.extended(params, "UTC").next(Instant.parse("2026-11-28T12:00:00Z")))
        .contains(next);
  }

  @ParameterizedTest(name = "{0} in Berlin fires {1}")
  @CsvSource({"*, twice", "*/2, twice", "2, once", "1-3, once"})
  void aRepeatedHourFiresTwiceWhereHoursAreOpen(String hour, String times) throws InvalidSchedule {
    Schedule schedule = Parsing.extended(Map.of("hour", hour, "minute", "30"), "Europe/Berlin");
    Instant first = Instant.parse("2026-10-25T00:00:00Z"); // 02:00, for the first time
    Instant end = Instant.parse("2026-10-25T02:00:00Z"); // 03:00

    assertThat(schedule.count(first, end)).isEqualTo(times.equals("twice") ? 2 : 1);
  }

  @Test
  void aRepeatedHourFiresTwiceWhereMinutesAreOpen() throws InvalidSchedule {
    Schedule schedule = Parsing.extended(Map.of("hour", "2", "minute", "*/30"), "Europe/Berlin");

    assertThat(
            schedule.count(
                Instant.parse("2026-10-24T23:59:59Z"), Instant.parse("2026-10-25T01:59:59Z")))
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "0x2212, true",
    "0x2217, true",
    "0xff00, false",
    "0xff01, true",
    "0xff5e, true",
    "0xff5f, false",
    "0x2017, false",
    "0x2018, true",
    "0x201f, true",
    "0x2020, false",
    "0x20, false",
    "0x9, false",
    "0xa, true",
    "0x2d, false",
    "0x2028, true",
    "0x2029, true",
    "0x41, false"
  })
  void aCharacterIsOddWhereItLooksLikeAnotherOrIsNotSeen(String character, boolean odd) {
    assertThat(OddCharacters.isOdd(Integer.decode(character))).isEqualTo(odd);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a\u2028b | write it on one line",
        "a\u2029b | write it on one line",
        "a\u0007b | leave it out",
        "a\uff0ab | type it anew on the keyboard",
        "a\u2212b | type it anew on the keyboard",
      })
  void theRemedyForAnOddCharacterIsToldWithIt(String text, String remedy) {
    assertThat(OddCharacters.named(text))
        .hasValueSatisfying(told -> assertThat(told).endsWith(remedy));
  }

  @Test
  void aLineBreakIsNamedWithItsRemedy() {
    for (String text : List.of("a\nb", "a\rb")) {
      assertThat(OddCharacters.named(text))
          .hasValueSatisfying(told -> assertThat(told).endsWith("write it on one line"));
    }
    assertThat(OddCharacters.name(0x0378)).isEqualTo("U+0378"); // no character at all
    assertThat(OddCharacters.name(0x2d)).isEqualTo("hyphen-minus (U+002D)");
  }

  @Test
  void anOddCharacterInTheNameOfAZoneIsNamed() {
    assertThatThrownBy(() -> ZoneText.read("timezone", "Europe\u2044Berlin\u200b"))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("timezone \"Europe\u2044Berlin\u200b\": character 14 is");
  }

  @Test
  void anOddCharacterDeepInAFormIsNamed() {
    assertRefused(
        Map.of("format", "unix", "params", Map.of("value", "1\u20132 * * * *")),
        "value \"1\u20132 * * * *\": character 2 is en dash (U+2013), as in text that was copied"
            + " from a web page or a document; write -");
    assertRefused(
        Map.of("format\u200b", "unix"),
        "character 7 is zero width space (U+200B), as in text that was copied from a web page or"
            + " a document; leave it out");
  }

  @Test
  void aForeignScheduleInAFormIsNamed() {
    assertThatThrownBy(
            () ->
                Parsing.timing(Parsing.form("unix", Map.of("value", "H * * * *")), ZoneOffset.UTC))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("cron \"H * * * *\": H lets Jenkins choose a value");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2026-11-28, 2026-11-28T00:00:00Z",
    "2026-11-28 01:02, 2026-11-28T01:02:00Z",
    "2026-11-28T01:02:03.1, 2026-11-28T01:02:03.100Z",
    "2026-11-28T01:02:03.000001, 2026-11-28T01:02:03.000001Z",
    "2026-11-28T01:02:03.000001000, 2026-11-28T01:02:03.000001Z",
    "2026-11-28 01:02:03+01:30, 2026-11-27T23:32:03Z",
    "2026-11-28 01:02:03-0130, 2026-11-28T02:32:03Z",
  })
  void anInstantIsReadToTheMicrosecond(String text, Instant at) throws InvalidSchedule {
    assertThat(InstantText.read("at", text, ZoneOffset.UTC)).isEqualTo(at);
  }

  @Test
  void theEndsOfAFormIncludeItsDate() throws InvalidSchedule {
    Map<String, String> params =
        Map.of("run_date", "2026-12-31", "start_date", "2026-12-31", "end_date", "2026-12-31");

    assertThat(Parsing.timing(Parsing.form("date", params), ZoneId.of("Europe/Berlin")).schedule())
        .isEqualTo(Parsing.utc("2026-12-30T23:00:00Z"));
  }

  @Test
  void aCrontabHasFiveToSevenFields() throws InvalidSchedule {
    assertThat(Parsing.utc("0 0 9 * * * 2030").next(Instant.EPOCH))
        .contains(Instant.parse("2030-01-01T09:00:00Z"));
    assertThat(UnixCron.fields(" a\tb  c ")).isEqualTo(Arrays.asList("a", "b", "c"));
  }

  @ParameterizedTest(name = "{0} and {1} are the same: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 1 * ? | 0 0 1 * * | true",
        "0 0 ? * 1 | 0 0 * * 1 | true",
        "0 0 */2 * 1 | 0 0 */2 * +1 | true",
        "0 0 1-7 * 1 | 0 0 1-7 * +1 | false",
        "0 0 7 * 7#5 | 0 0 7 * 0#5 | true",
        "0 0 * * 1#1 | 0 0 * * 1#5 | false",
        "0 0 29W * * | 0 0 29 * * | false",
      })
  void openDaysLeaveTheChoiceToTheOtherField(String one, String other, boolean same)
      throws InvalidSchedule {
    assertThat(Parsing.utc(one).meansTheSameAs(Parsing.utc(other))).isEqualTo(same);
  }
}
