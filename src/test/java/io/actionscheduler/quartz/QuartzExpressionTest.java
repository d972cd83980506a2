package io.actionscheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

@Tag("time")
class QuartzExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final List<String> ZONES =
      JdkZones.among(
          "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "UTC", "Africa/Cairo");

  @Test
  void firesAsQuartzDoes() throws InvalidSchedule {
    Schedule schedule = parse("0 0/5 14 ? * MON-FRI", BERLIN);

    assertThat(schedule.next(Instant.parse("2026-11-20T13:55:00Z")))
        .contains(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(schedule.previous(Instant.parse("2026-11-23T12:59:59.999Z")))
        .contains(Instant.parse("2026-11-20T13:55:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0/5 * * * ?",
        "*/20 * * * * ?",
        "0 30 2 * * ?",
        "0 15 0 L * ?",
        "0 15 10 15W * ?"
      })
  void aWalkThroughTenYearsIsThatOfQuartz(String expression)
      throws InvalidSchedule, ParseException {
    for (String zone : ZONES) {
      Instant from = Instant.parse("2021-11-20T00:00:00Z");
      CronExpression quartz = new CronExpression(expression);
      quartz.setTimeZone(TimeZone.getTimeZone(zone));
      Schedule schedule = parse(expression, ZoneId.of(zone));
      Date fire = Date.from(from);
      for (int i = 0; i < 120; i++) {
        Date next = quartz.getTimeAfter(fire);
        assertThat(schedule.next(fire.toInstant())).contains(next.toInstant());
        fire = next;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0/5 * * * ?",
        "0 30 2 * * ?",
        "*/20 * * * * ?",
        "0 0 0 * * ?",
        "10,20 15/20 1-3 ? * SUN",
        "0 30 23 L * ?",
        "0 15 10 15W * ?",
        "0 0 12 ? * 6#3",
        "0 0 1 1 1 ? 2026-2030"
      })
  void backAndForthAndCountAgreeThroughChangesOfTheClock(String expression) throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_120);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String zone : ZONES) {
      Schedule schedule = parse(expression, ZoneId.of(zone));
      for (int i = 0; i < 5; i++) {
        Instant after = near(random, ZoneId.of(zone));
        List<Instant> walk = walk(schedule, after);
        for (int j = 1; j < walk.size(); j += 9) {
          Instant last = walk.get(j - 1);
          Instant fire = walk.get(j);
          Instant between =
              last.plusMillis(random.nextLong(Duration.between(last, fire).toMillis()));
          String what = zone + " " + between;
          assertThat(schedule.next(between)).as(what).contains(fire);
          assertThat(schedule.previous(fire)).as(what).contains(fire);
          assertThat(schedule.previous(between)).as(what).contains(last);
          assertThat(schedule.count(after, fire)).as("%s from %s", what, after).isEqualTo(j + 1);
        }
      }
    }
  }

  @Test
  void aYearOfSecondsIsCountedDayByDay() throws InvalidSchedule {
    Instant from = Instant.parse("2026-01-01T12:34:56Z");
    Instant to = Instant.parse("2027-01-01T12:34:56Z");

    assertThat(parse("* * * * * ?", ZoneOffset.UTC).count(from, to)).isEqualTo(365 * 86_400);
    assertThat(parse("0 0 9-17 ? * MON-FRI", BERLIN).count(from, to)).isEqualTo(261 * 9);
  }

  @Test
  void whatNeverFiresHasNoTimes() throws InvalidSchedule {
    Schedule schedule = parse("0 0 0 30 2 ?", ZoneOffset.UTC);

    assertThat(schedule.next(Instant.EPOCH)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isEmpty();
    assertThat(schedule.count(Instant.MIN, Instant.MAX)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 0 * * ?", "0 0 0 15W * ?"})
  void noMomentIsTooFarAway(String expression) throws InvalidSchedule {
    Schedule schedule = parse(expression, BERLIN);

    assertThat(schedule.next(Instant.MIN)).isPresent();
    assertThat(schedule.next(Instant.MAX)).isEmpty();
    assertThat(schedule.previous(Instant.MIN)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isPresent();
  }

  @Test
  void aDayNearTheWeekendHasAllItsTimesWhereverItIsAskedFrom() throws InvalidSchedule {
    Schedule schedule = parse("0 0 9,17 1W,15W * ?", ZoneOffset.UTC);
    Instant[] fires = {
      Instant.parse("2026-11-02T09:00:00Z"),
      Instant.parse("2026-11-02T17:00:00Z"),
      Instant.parse("2026-11-16T09:00:00Z"),
      Instant.parse("2026-11-16T17:00:00Z")
    };

    for (int i = 1; i < fires.length; i++) {
      assertThat(schedule.next(fires[i - 1])).contains(fires[i]);
      assertThat(schedule.previous(fires[i].minusSeconds(1))).contains(fires[i - 1]);
    }
    assertThat(schedule.count(fires[0].minusSeconds(1), fires[3])).isEqualTo(4);
  }

  @ParameterizedTest(name = "{0} in {1} after {2}")
  @CsvSource({
    "0 0/15 2-5 LW * ?, Europe/Berlin, 2027-03-24T12:00:00Z, 2027-03-31T00:00:00Z, 2027-03-31T00:15:00Z",
    "0 0/15 2-5 LW * ?, Europe/Berlin, 2027-03-31T00:15:00Z, 2027-03-31T00:30:00Z, 2027-03-31T00:45:00Z",
    "'0 0 1,9 28 * ?', America/Nuuk, 2027-03-20T00:00:00Z, 2027-03-28T02:00:00Z, 2027-03-28T10:00:00Z",
    "'0 0 1,23 * * ?', America/Nuuk, 2027-03-28T00:00:00Z, 2027-03-28T02:00:00Z, 2027-03-29T00:00:00Z",
    "0 0/30 2-3 ? * SUN, Europe/Berlin, 2027-03-27T12:00:00Z, 2027-03-28T01:00:00Z, 2027-03-28T01:30:00Z",
    "0 30 2 ? * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T01:30:00Z, 2026-10-26T01:30:00Z"
  })
  void behindAChangeOfTheClockNothingIsLost(
      String expression, String zone, Instant after, Instant first, Instant second)
      throws InvalidSchedule {
    Schedule schedule = parse(expression, ZoneId.of(zone));

    assertThat(schedule.next(after)).contains(first);
    assertThat(schedule.next(first)).contains(second);
  }

  @ParameterizedTest
  @CsvSource({
    "'0 0 0 1 L ?', month names no value",
    "'0 0 0 ? * ,', day-of-week names no value",
    "', 0 0 * * ?', second names no value",
    "'0 0 0 1 1 ? 98', allowed are years from 1970",
    "'0 0 0 1 1 ? 1960-1980', allowed are years from 1970",
  })
  void whatQuartzTakesAndThenCannotAnswerIsRefused(String expression, String fault) {
    assertThatThrownBy(() -> parse(expression, BERLIN))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageContaining(fault);
  }

  @Test
  void whatQuartzRefusesIsRefusedWithItsReason() {
    assertThatThrownBy(() -> parse("0 0 12 * * *", BERLIN))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("quartz \"0 0 12 * * *\": Support for specifying both")
        .hasMessageEndingWith("and ? for one of the two days");
    for (String text : List.of("x", "* * *", "0 0 25 * * ?", "0 0 0 ? * 8", "0 0 0 1-40 * ?")) {
      assertThatThrownBy(() -> parse(text, BERLIN)).isInstanceOf(InvalidSchedule.class);
    }
  }

  @Test
  void equalExpressionsInOneZoneAreEqualSchedules() throws InvalidSchedule {
    assertThat(parse("0 0 0 ? * mon", BERLIN))
        .isEqualTo(parse("0 0 0 ? * MON", BERLIN))
        .hasSameHashCodeAs(parse("0 0 0 ? * MON", BERLIN))
        .isNotEqualTo(parse("0 0 0 ? * MON", ZoneOffset.UTC));
  }

  private static Schedule parse(String expression, ZoneId zone) throws InvalidSchedule {
    return QuartzExpression.parse(expression).in(zone);
  }

  private static List<Instant> walk(Schedule schedule, Instant after) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = schedule.next(after);
    while (fire.isPresent() && fires.size() < 60) {
      assertThat(fire.get()).isAfter(fires.isEmpty() ? after : fires.get(fires.size() - 1));
      fires.add(fire.get());
      fire = schedule.next(fire.get());
    }
    return fires;
  }

  /** A moment within two hours of a change of the clock, where the zone has any. */
  private static Instant near(Random random, ZoneId zone) {
    Instant any = Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 1_900_000_000L));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return (change == null ? any : change.getInstant()).plusSeconds(random.nextInt(14_400) - 7200);
  }
}
