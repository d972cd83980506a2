package io.actionscheduler.schedule;

import static io.actionscheduler.schedule.Parsing.form;
import static io.actionscheduler.schedule.Parsing.timing;
import static io.actionscheduler.schedule.Parsing.utc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleParserTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "@yearly | 0 0 1 1 *",
        "@annually | 0 0 1 1 *",
        "@monthly | 0 0 1 * *",
        "@weekly | 0 0 * * 0",
        "@daily | 0 0 * * *",
        "@midnight | 0 0 * * *",
        "@hourly | 0 * * * *",
        "0 0 * * 0 | 0 0 * * 7",
        "0 0 * * SUN | 0 0 * * 7",
        "0 0 * * sat-sun | 0 0 * * 6,7",
        "0 0 * * sun-sun | 0 0 * * 0-7",
        "0 0 * * sun-tue | 0 0 * * 0,1,2",
        "0 0 * * fri-7 | 0 0 * * 5,6,0",
        "0 0 * * 5#L | 0 0 * * FRIL",
        "0 0 * * friL | 0 0 * * 5L",
        "0 0 * JAN-mar * | 0 0 * 1,2,3 *",
        "0 0 * jan-dec/6 * | 0 0 * 1,7 *",
        "5 */99999999999999999999 * * * | 5 */24 * * *",
        "0 0 ? * * | 0 0 * * ?",
        "0 05 * * * | 0  5\t* *  *",
        "0 0 12 * * * | 0 12 * * *",
        "0 0 1 * +1 | 0 0 0 1 * +MON",
        "5m | 300s",
        "1h30m | 90m",
        "1d | 24h",
        "1w2d | 9d",
        "2026-12-31T23:59:59Z | 2027-01-01 01:59:59+02",
        "2026-12-31 | 2026-12-31T00:00:00.000Z",
        "2026-5-5 06:07:08.000009 | 2026-05-05T04:07:08.000009-0200",
      })
  void differentWordsForOneRuleGiveEqualSchedules(String one, String other) throws InvalidSchedule {
    assertThat(utc(one)).isEqualTo(utc(other)).hasSameHashCodeAs(utc(other));
    assertThat(utc(one).meansTheSameAs(utc(other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/15 * * * * | minute \"0/15\": a step needs * or a range before it; write 0-59/15",
        "0 5/2 * * * | hour \"5/2\": a step needs * or a range before it; write 5-23/2",
        "60 * * * * | minute \"60\": \"60\" is not allowed; allowed are 0 to 59",
        "* 10-24 * * * | hour \"10-24\": \"24\" is not allowed; allowed are 0 to 23",
        "* 9-5 * * * | hour \"9-5\": the range is reversed; write the lesser value first",
        "*/0 * * * * | minute \"*/0\": a step is a whole number from 1, not \"0\"",
        "*/x * * * * | minute \"*/x\": a step is a whole number from 1, not \"x\"",
        "1,,2 * * * * | minute \"1,,2\": a value is missing; allowed are 0 to 59",
        "1- * * * * | minute \"1-\": a value is missing; allowed are 0 to 59",
        "*5 * * * * | minute \"*5\": \"*5\" is not allowed; allowed are 0 to 59",
        "/5 * * * * | minute \"/5\": a value is missing; allowed are 0 to 59",
        "-5 * * * * | minute \"-5\": a value is missing; allowed are 0 to 59",
        "* * * * #2 | day-of-week \"#2\": a value is missing; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "? * * * * | minute \"?\": \"?\" is not allowed; allowed are 0 to 59",
        "61 * * * * * | second \"61\": \"61\" is not allowed; allowed are 0 to 59",
        "* * 0 * * | day-of-month \"0\": \"0\" is not allowed; allowed are 1 to 31, L, a lone 15W",
        "* * L-3 * * | day-of-month \"L-3\": \"L\" is not allowed; allowed are 1 to 31, L, a lone 15W",
        "* * l * * | day-of-month \"l\": \"l\" is not allowed; allowed are 1 to 31, L, a lone 15W",
        "* * LW * * | day-of-month \"LW\": W takes one day before it, alone in its field; write 15W",
        "* * 1,15W * * | day-of-month \"1,15W\": W takes one day before it, alone in its field; write 15W",
        "* * 15W,1 * * | day-of-month \"15W\": \"15W\" is not allowed; allowed are 1 to 31, L, a lone 15W",
        "* * 32W * * | day-of-month \"32W\": \"32\" is not allowed; allowed are 1 to 31, L, a lone 15W",
        "* * * foo * | month \"foo\": \"foo\" is not allowed; allowed are 1 to 12, jan to dec",
        "* * * * 8 | day-of-week \"8\": \"8\" is not allowed; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "* * * * L | day-of-week \"L\": a value is missing; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "* * * * fril | day-of-week \"fril\": \"fril\" is not allowed; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "* * * * 1-5L | day-of-week \"1-5L\": \"1-5\" is not allowed; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "* * * * + | day-of-week \"\": a value is missing; allowed are 0 to 7, sun to sat, 5#2, 5L",
        "* * * * 2#6 | day-of-week \"2#6\": behind # allowed are 1 to 5, L",
        "0 0 0 1 1 * 2200 | year \"2200\": \"2200\" is not allowed; allowed are 1970 to 2199",
        "* * * * | crontab \"* * * *\": 4 fields; write 5 (minute hour day-of-month month day-of-week), 6 with second first, or 7 with year last",
        "* * * * * * * * | crontab \"* * * * * * * *\": 8 fields; write 5 (minute hour day-of-month month day-of-week), 6 with second first, or 7 with year last",
        "@reboot | crontab \"@reboot\": a start of the machine is not a time; write a time or an interval",
        "@Daily | crontab \"@Daily\": unknown; allowed are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly",
        "5x | interval \"5x\": write whole numbers of w, d, h, m and s, the largest unit first, such as 90s or 1h30m",
        "5m1h | interval \"5m1h\": write whole numbers of w, d, h, m and s, the largest unit first, such as 90s or 1h30m",
        "5 | interval \"5\": write whole numbers of w, d, h, m and s, the largest unit first, such as 90s or 1h30m",
        "0s | interval \"0s\": out of range; allowed are 1s to 36500d",
        "99999999999999999999w | interval \"99999999999999999999w\": out of range; allowed are 1s to 36500d",
        "soon | cron \"soon\": not a schedule; write crontab such as */5 * * * * or @daily, an interval such as 1h30m, or an instant such as 2026-12-31T23:59:59Z",
        "2026-02-30 | instant \"2026-02-30\": no such date or time: Invalid date 'FEBRUARY 30'",
        "2026-12-31T23:59:59.0000001Z | instant \"2026-12-31T23:59:59.0000001Z\": finer than a microsecond; write 6 decimals at most",
        "2026-12-31T | instant \"2026-12-31T\": write 2026-05-05, 2026-05-05 10:30:00 or 2026-05-05T10:30:00, +02:00 or Z behind it",
      })
  void plainTextThatIsNoScheduleIsRefusedByName(String text, String message) {
    assertThatThrownBy(() -> utc(text)).isInstanceOf(InvalidSchedule.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hour | */24 | hour \"*/24\": the step is greater than the range of 23; leave it out",
        "hour | 10-20/11 | hour \"10-20/11\": the step is greater than the range of 10; leave it out",
        "minute | 59/1 | minute \"59/1\": the step is greater than the range of 0; leave it out",
        "hour | 5-5/1 | hour \"5-5/1\": the step is greater than the range of 0; leave it out",
        "minute | 5-1 | minute \"5-1\": the range is reversed; write the lesser value first",
        "minute | -1 | minute \"-1\": a value is missing; allowed are 0 to 59",
        "minute | /5 | minute \"/5\": a value is missing; allowed are 0 to 59",
        "minute | 1..5 | minute \"1..5\": \"1..5\" is not allowed; allowed are 0 to 59",
        "second | '' | second \"\": a value is missing; allowed are 0 to 59",
        "day | last, | day \"last,\": a value is missing; allowed are 1 to 31, last, last fri, 1st mon to 5th sun",
        "day | 6th mon | day \"6th mon\": \"6th mon\" is not allowed; allowed are 1 to 31, last, last fri, 1st mon to 5th sun",
        "day | last foo | day \"last foo\": \"last foo\" is not allowed; allowed are 1 to 31, last, last fri, 1st mon to 5th sun",
        "day_of_week | 7 | day_of_week \"7\": \"7\" is not allowed; allowed are 0 to 6, mon to sun",
        "day_of_week | sun-mon | day_of_week \"sun-mon\": the range is reversed; write the lesser value first",
        "day_of_week | mon-fri/2 | day_of_week \"mon-fri/2\": names take no step; write numbers",
        "day_of_week | mon-4 | day_of_week \"mon-4\": a range is of numbers or of names, never of both",
        "month | 1-dec | month \"1-dec\": a range is of numbers or of names, never of both",
        "week | 54 | week \"54\": \"54\" is not allowed; allowed are 1 to 53",
        "year | 10000 | year \"10000\": \"10000\" is not allowed; allowed are 1970 to 9999",
        "start_date | tomorrow | start_date \"tomorrow\": write 2026-05-05, 2026-05-05 10:30:00 or 2026-05-05T10:30:00, +02:00 or Z behind it",
        "timezone | europe/berlin | timezone \"europe/berlin\": unknown; did you mean Europe/Berlin?",
        "timezone | Mars/Base | timezone \"Mars/Base\": unknown; allowed are names of the IANA time zone database such as Europe/Berlin",
        "timezone | '' | timezone \"\": not text, or empty; write a name such as \"Europe/Berlin\"",
        "jitter | x | jitter \"x\": allowed are numbers of seconds from 0 to 1000000000",
        "hours | 1 | apscheduler parameter \"hours\": unknown; allowed are year, month, day, week, day_of_week, hour, minute, second, start_date, end_date, timezone, jitter",
      })
  void aFieldOfExtendedCronThatIsWrongIsRefusedByName(String field, String value, String message) {
    Map<String, String> params =
        field.equals("second") ? Map.of(field, value) : Map.of(field, value, "second", "*");
    assertThatThrownBy(() -> timing(form("apscheduler", params), BERLIN))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessage(message);
  }

  @Test
  void valuesOfTheWrongTypeAreRefusedByName() {
    refused(
        form("apscheduler", Map.of("hour", 1.5)),
        "hour \"1.5\": \"1.5\" is not allowed; allowed are 0 to 23");
    refused(
        form("apscheduler", Map.of("hour", true)),
        "hour \"true\": \"true\" is not allowed; allowed are 0 to 23");
    refused(
        form("apscheduler", Map.of("hour", 1, "jitter", -1L)),
        "jitter \"-1\": allowed are numbers of seconds from 0 to 1000000000");
    refused(
        form("apscheduler", Map.of("hour", 1, "jitter", BigInteger.TEN.pow(30))),
        "jitter \""
            + BigInteger.TEN.pow(30)
            + "\": allowed are numbers of seconds from 0 to 1000000000");
    refused(
        form("apscheduler", Map.of()),
        "params: no field is given; write at least one of year to second");
    refused(
        form("apscheduler", Map.of("end_date", "2030-01-01")),
        "params: no field is given; write at least one of year to second");
    refused(
        form("unix", Map.of("value", 5)), "value \"5\": not text, or empty; write \"*/5 * * * *\"");
    refused(
        form("unix", Map.of("value", " ")),
        "value \" \": not text, or empty; write \"*/5 * * * *\"");
    refused(form("unix", Map.of()), "value: missing; write \"*/5 * * * *\"");
    refused(
        form("unix", Map.of("value", "5m")),
        "crontab \"5m\": 1 fields; write 5 (minute hour day-of-month month day-of-week), 6 with second first, or 7 with year last");
    refused(
        form("unix", Map.of("value", "* * * * *", "hour", 1)),
        "unix parameter \"hour\": unknown; allowed are value, start_date, end_date, timezone, jitter");
    refused(
        form("interval", Map.of("every", "90s", "jitter", -1)),
        "jitter \"-1\": allowed are numbers of seconds from 0 to 1000000000");
    refused(
        form("date", Map.of("run_date", "2026-12-31", "end_date", "2026-12-30")),
        "run_date 2026-12-30T23:00:00Z: lies after end_date; leave one of them");
    refused(
        form("date", Map.of("run_date", "2026-12-31", "start_date", "2027-01-01")),
        "run_date 2026-12-30T23:00:00Z: lies before start_date; leave one of them");
    refused(
        form("interval", Map.of("every", 90)),
        "every \"90\": not text, or empty; write \"90s\" or \"1h30m\"");
    refused(form("date", Map.of()), "run_date: missing; write \"2026-12-31T23:59:59Z\"");
    refused(
        form("cron", Map.of()),
        "format \"cron\": unknown; allowed are unix, apscheduler, quartz, interval, date");
    refused(
        Map.of("format", "unix"),
        "params: missing or no object; write {\"format\": …, \"params\": {…}}");
    refused(
        Map.of("params", Map.of()),
        "format: missing; write one of unix, apscheduler, quartz, interval, date");
    refused(
        Map.of("format", "unix", "params", Map.of(), "zone", "UTC"),
        "cron \"zone\": unknown; allowed are format, params");
    refused(
        List.of(),
        "cron \"[]\": neither text nor an object; write {\"format\": …, \"params\": {…}}");
    refused(form("quartz", Map.of("value", "x")), "quartz \"x\": none in these tests");
  }

  @Test
  void theZoneOfTheParametersGoesBeforeTheOneGiven() throws InvalidSchedule {
    Timing named =
        timing(form("unix", Map.of("value", "0 12 * * *", "timezone", "Asia/Tokyo")), BERLIN);
    Timing unnamed = timing(form("unix", Map.of("value", "0 12 * * *")), BERLIN);

    assertThat(named.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(named.schedule().next(Instant.parse("2026-11-20T00:00:00Z")))
        .contains(Instant.parse("2026-11-20T03:00:00Z"));
    assertThat(unnamed.zone()).isEqualTo(BERLIN);
    assertThat(unnamed.schedule().next(Instant.parse("2026-11-20T00:00:00Z")))
        .contains(Instant.parse("2026-11-20T11:00:00Z"));
  }

  @Test
  void jitterIsKeptWithTheTimingAndMovesNoFire() throws InvalidSchedule {
    Timing exact = timing(form("apscheduler", Map.of("hour", 1, "jitter", 90L)), BERLIN);
    Timing fine = timing(form("apscheduler", Map.of("hour", 1, "jitter", 0.25)), BERLIN);

    assertThat(exact.jitter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(fine.jitter()).isEqualTo(Duration.ofMillis(250));
    assertThat(exact.schedule()).isEqualTo(fine.schedule());
    assertThat(timing("5m", BERLIN).jitter()).isZero();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "unix, value, 0 9 * * *, 2026-12-02T08:00:00Z, 2026-12-04T08:00:00Z, 3",
    "interval, every, 36h, 2026-12-01T23:00:00Z, 2026-12-04T23:00:00Z, 3",
    "date, run_date, 2026-12-03, 2026-12-02T23:00:00Z, 2026-12-02T23:00:00Z, 1",
    "apscheduler, hour, 9, 2026-12-02T08:00:00Z, 2026-12-04T08:00:00Z, 3",
  })
  void everyFormHasAFirstAndALastMomentAndADelay(
      String format, String name, String value, Instant first, Instant last, long count)
      throws InvalidSchedule {
    Timing timing =
        timing(
            form(
                format,
                Map.of(
                    name,
                    value,
                    "start_date",
                    "2026-12-02",
                    "end_date",
                    "2026-12-05",
                    "jitter",
                    7L)),
            BERLIN);

    assertThat(timing.jitter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(timing.schedule().next(Instant.MIN)).contains(first);
    assertThat(timing.schedule().previous(Instant.MAX)).contains(last);
    assertThat(timing.schedule().next(last)).isEmpty();
    assertThat(timing.schedule().previous(first.minusNanos(1))).isEmpty();
    assertThat(timing.schedule().count(Instant.MIN, Instant.MAX)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"*/5 * * * *", "@daily", "1h30m", "2026-12-31T23:59:59Z"})
  void plainTextHasAFormThatMeansTheSame(String text) throws InvalidSchedule {
    Timing plain = timing(text, BERLIN);
    Timing form = timing(ScheduleParser.form(text), BERLIN);

    assertThat(form.schedule()).isEqualTo(plain.schedule());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-10-25 02:30:00", "2026-10-25T02:30:00+02:00", "2026-10-25T00:30Z"})
  void anInstantInAnOverlapIsTheFirstPass(String text) throws InvalidSchedule {
    assertThat(InstantText.read("x", text, BERLIN)).isEqualTo("2026-10-25T00:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-29 02:00:00", "2026-03-29 02:59:59.5", "2026-03-29T03:00:00"})
  void anInstantInAGapIsTheFirstOneBehindIt(String text) throws InvalidSchedule {
    assertThat(InstantText.read("x", text, BERLIN)).isEqualTo("2026-03-29T01:00:00Z");
  }

  @Test
  void schedulesOfDifferentZonesDiffer() throws InvalidSchedule {
    assertThat(timing("0 0 * * *", BERLIN).schedule())
        .isNotEqualTo(timing("0 0 * * *", ZoneOffset.UTC).schedule());
  }

  private static void refused(Object cron, String message) {
    assertThatThrownBy(() -> timing(cron, BERLIN))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessage(message);
  }
}
