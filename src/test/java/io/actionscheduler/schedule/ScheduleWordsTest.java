package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleWordsTest {
  private static final long SEED = Long.getLong("seed", 20_261_127);
  private static final int ROUNDS = Integer.getInteger("rounds", 300);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * * | every minute",
        "* * * * * * | every second",
        "0 * * * * | at minute 0 of every hour",
        "*/15 9-17 * * mon-fri | every 15 minutes in the hours 9 to 17 from Monday to Friday",
        "5,35 * * * * | at minutes 5 and 35 of every hour",
        "*/7 * * * * | at every 7th minute from 0 to 56 of every hour",
        "0 9 * * 1-5 | at 09:00 from Monday to Friday",
        "0 9 * * 1,3 | at 09:00 on Mondays and Wednesdays",
        "@daily | at 00:00 every day",
        "30 0 9 * * * | at 09:00:30 every day",
        "0 0 1,15 * 5 | at 00:00 on the 1st and the 15th of the month or on Fridays",
        "0 12 1-7 * +MON | at 12:00 on the 1st to the 7th of the month, only on Mondays",
        "30 2 L * 5L | at 02:30 on the last day of the month or on the last Friday of the month",
        "0 0 15W * * | at 00:00 on the weekday nearest to the 15th of the month",
        "0 0 * * 1,5#2 | at 00:00 on Mondays and on the second Friday of the month",
        "0 0 29 2 * | at 00:00 on the 29th of the month in February",
        "0 0 0 1 1 * 2026-2030 | at 00:00 on the 1st of the month in January in 2026 to 2030",
        "0 0 30 2 * | never",
        "1h30m | every 1 hour 30 minutes, counted from 1970-01-01T00:00:00Z",
        "1d | every day, counted from 1970-01-01T00:00:00Z",
        "2026-12-31T23:59:59Z | once, at 2026-12-31T23:59:59Z",
        "*/20 * * * * * | every 20 seconds",
        "5 * * * * * | at second 5 of every minute",
        "5,6 * * * * * | at seconds 5 and 6 of every minute",
        "0,30 5 * * * * | every 30 seconds in minute 5",
        "5 5,7 * * * * | at second 5 in minutes 5 and 7 of every hour",
        "* * 9 * * * | every second in the hour 9",
        "0,20,30,50 * * * * | at minutes 0, 20, 30 and 50 of every hour",
        "1-59/2 * * * * | at every 2nd minute from 1 to 59 of every hour",
        "0 0,6,12,18 * * * | at 00:00, 06:00, 12:00 and 18:00 every day",
        "0 0,1,2,3,4 * * * | at minute 0 in the hours 0 to 4 every day",
        "59 59 23 * * * | at 23:59:59 every day",
        "0 0 1,11,21,31 * * | at 00:00 on every 10th day from the 1st to the 31st of the month",
        "0 0 2-3,22-24 * * | at 00:00 on the 2nd, the 3rd and the 22nd to the 24th of the month",
        "0 0 1,11,12 * * | at 00:00 on the 1st, the 11th and the 12th of the month",
        "0 0 * * 2-4 | at 00:00 from Tuesday to Thursday",
        "0 0 * * 6,7 | at 00:00 on Saturdays and Sundays",
        "0 0 * * 1,2,3,5 | at 00:00 on Mondays, Tuesdays, Wednesdays and Fridays",
        "0 0 1,3,5,7 1-3,12 1 | at 00:00 on every 2nd day from the 1st to the 7th of the month or on Mondays in January to March and December",
        "0 0 1-31 * mon | at 00:00 every day",
        "0 0 1 * 0-6 | at 00:00 every day",
        "0 0 L * 1-3 | at 00:00 on the last day of the month or from Monday to Wednesday",
        "0 0 0 1 1 * 2026,2028,2030,2032 | at 00:00 on the 1st of the month in January in every 2nd year from 2026 to 2032",
        "0 0 0 1 1 * 1970-2100 | at 00:00 on the 1st of the month in January",
        "0 0 0 1 1 * 1971-2101 | at 00:00 on the 1st of the month in January in 1971 to 2101",
        "0 0 0 1 1 * 1970-2099 | at 00:00 on the 1st of the month in January in 1970 to 2099",
        "0 0 0 1 1 * 2027 | at 00:00 on the 1st of the month in January in 2027",
        "2d3h4s | every 2 days 3 hours 4 seconds, counted from 1970-01-01T00:00:00Z",
        "1m | every minute, counted from 1970-01-01T00:00:00Z",
      })
  void aScheduleInWords(String text, String words) throws InvalidSchedule {
    assertThat(ScheduleWords.of(Parsing.utc(text))).contains(words);
  }

  @Test
  void itsBoundsAndWeeksAreNamed() throws InvalidSchedule {
    Map<String, Object> params =
        Map.of(
            "week",
            "1-10",
            "day_of_week",
            "sun",
            "end_date",
            "2030-01-01",
            "start_date",
            "2026-01-01");

    assertThat(ScheduleWords.of(Parsing.extended(params, "UTC")))
        .contains(
            "at 00:00 on Sundays in ISO weeks 1 to 10, not before 2026-01-01T00:00:00Z,"
                + " not after 2030-01-01T00:00:00Z");
  }

  @Test
  void momentsAreSaidInTheZoneOfTheScheduleAndJitterIsSaid() throws InvalidSchedule {
    assertThat(
            ScheduleWords.of(
                Parsing.timing(
                    Parsing.form(
                        "unix",
                        Map.of(
                            "value",
                            "*/20 * * * *",
                            "jitter",
                            90,
                            "start_date",
                            "2026-12-23T10:00",
                            "end_date",
                            "2027-07-05T00:00")),
                    ZoneId.of("Europe/Berlin"))))
        .contains(
            "every 20 minutes, not before 2026-12-23T10:00:00+01:00, not after"
                + " 2027-07-05T00:00:00+02:00, each after a random delay of up to 1 minute 30"
                + " seconds (jitter)");
  }

  @Test
  void theLastWeekOfALongYearIsNamed() throws InvalidSchedule {
    assertThat(ScheduleWords.of(Parsing.extended(Map.of("week", "52,53"), "UTC")))
        .contains("at 00:00 every day in ISO weeks 52 and 53");
  }

  @Test
  void theEndOfAnIntervalIsNamed() throws InvalidSchedule {
    Map<String, String> params = Map.of("every", "90s", "end_date", "2030-01-01");

    assertThat(
            ScheduleWords.of(
                Parsing.timing(Parsing.form("interval", params), ZoneOffset.UTC).schedule()))
        .contains(
            "every 1 minute 30 seconds, counted from 1970-01-01T00:00:00Z, not after"
                + " 2030-01-01T00:00:00Z");
  }

  @Test
  void whatClocksDoIsToldWhereItMatters() throws InvalidSchedule {
    assertThat(ScheduleWords.ofClockChanges(Parsing.plain("30 2 * * *", "Europe/Berlin")))
        .hasValueSatisfying(words -> assertThat(words).contains("fire once, when the gap ends"));
    assertThat(ScheduleWords.ofClockChanges(Parsing.plain("* 2 * * *", "Europe/Berlin")))
        .hasValueSatisfying(words -> assertThat(words).contains("fire twice"));
    assertThat(ScheduleWords.ofClockChanges(Parsing.utc("30 2 * * *"))).isEmpty();
    assertThat(ScheduleWords.ofClockChanges(Parsing.utc("1h"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} to last day: {1}")
  @CsvSource({"0, the last day", "1, the 2nd to last day", "30, the 31st to last day"})
  void daysAreCountedFromTheEndOfTheMonth(int back, String words) {
    assertDays(
        "on " + words + " of the month",
        (length, first) -> back < length ? 1 << length - 1 - back : 0);
    assertDays(
        "on the weekday nearest to " + words + " of the month",
        (length, first) ->
            back < length ? new DaySet(0, false, length - back, 0, 0).in(length, first) : 0);
  }

  @Test
  void weekdaysAndDatesAndLastDaysAreNamedTogether() {
    assertDays(
        "from Monday to Friday and on the 3rd and the last day of the month",
        new DaySet(1 << 2, true, 0, 0b1_1111, 0)::in);
    assertDays(
        "on the 1st, the third Tuesday and the last Sunday of the month",
        new DaySet(1, false, 0, 0, DaySet.position(3, 1) | DaySet.position(6, 6))::in);
    assertDays(
        "on the weekday nearest to the 31st of the month", new DaySet(0, false, 31, 0, 0)::in);
  }

  @Test
  void daysThatHaveNoNameAreNamedByTheLengthOfTheMonth() {
    assertDays(
        "on the 1st to the 3rd of months with 30 days, on the 31st of months with 31 days",
        (length, first) -> length == 30 ? 0b111 : length == 31 ? 1 << 30 : 0);
    assertDays("on the 10th of months with 28 days", (length, first) -> length == 28 ? 1 << 9 : 0);
    assertDays(
        "on days that depend on the month and its weekdays",
        (length, first) -> length == 31 && first == 6 ? 1 : 0);
  }

  private static void assertDays(String words, IntBinaryOperator rule) {
    assertThat(DayWords.of(MonthDays.of(rule))).isEqualTo(words);
  }

  @Test
  void aScheduleWithCalendarsIsNamedWithThem() throws InvalidSchedule {
    Schedule kept =
        new KeptTimes(
            Parsing.plain("0 9 * * *", "Europe/Berlin"), Windows.NONE, Instant.MIN, Instant.MAX);

    assertThat(ScheduleWords.of(kept))
        .contains("at 09:00 every day, as far as its calendars and blackouts allow");
    assertThat(ScheduleWords.ofClockChanges(kept))
        .hasValueSatisfying(words -> assertThat(words).contains("fire once, when the gap ends"));
  }

  @Test
  void aScheduleThatFollowsQuartzSaysWhatItDoesWhereTheClockChanges() throws InvalidSchedule {
    Schedule quartz =
        ClockChanges.SECOND_PASS.applyTo(Parsing.plain("30 2 * * *", "Europe/Berlin"));

    assertThat(ScheduleWords.ofClockChanges(quartz))
        .hasValueSatisfying(words -> assertThat(words).contains("fire the second time"));
    assertThat(ClockChanges.ONCE.applyTo(Parsing.utc("1h"))).isEqualTo(Parsing.utc("1h"));
  }

  @Test
  void theWordsSayWhatFires() throws InvalidSchedule {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      LocalDateTime around =
          LocalDateTime.ofEpochSecond(
              random.nextLong(1_700_000_000L, 1_900_000_000L), 0, ZoneOffset.UTC);
      RandomCron expressions = new RandomCron(random, around);
      Object cron =
          random.nextBoolean()
              ? expressions.unix()
              : Map.of("format", "apscheduler", "params", expressions.extended());
      assertWordsOf(cron, around, random);
    }
  }

  private static void assertWordsOf(Object cron, LocalDateTime around, Random random)
      throws InvalidSchedule {
    Schedule schedule = Parsing.timing(cron, ZoneId.of("UTC")).schedule();
    String words = ScheduleWords.of(schedule).orElseThrow();
    SpokenSchedule spoken = new SpokenSchedule(words);
    for (int i = 0; i < 60; i++) {
      Instant at =
          around.toInstant(ZoneOffset.UTC).plus(Duration.ofSeconds(random.nextInt(10_000_000)));
      if (i % 2 == 0) { // half of them are moments at which it fires, near ones too
        Optional<Instant> fire = schedule.next(at);
        at = fire.orElse(at).plusSeconds(i % 4 == 0 ? 0 : (random.nextInt(5) - 2) * 60L);
      }
      boolean fires = schedule.next(at.minusSeconds(1)).equals(Optional.of(at));
      assertThat(spoken.firesAt(LocalDateTime.ofInstant(at, ZoneOffset.UTC)))
          .as("%s is \"%s\" at %s; seed %d", cron, words, at, SEED)
          .isEqualTo(fires);
    }
  }
}
