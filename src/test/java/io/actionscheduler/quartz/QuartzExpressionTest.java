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
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

@Tag("time")
class QuartzExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "UTC", "Africa/Cairo");

  @Test
  void firesAsQuartzDoes() throws InvalidSchedule {
    Schedule schedule = QuartzExpression.parse("0 0/5 14 ? * MON-FRI", BERLIN);

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
      Schedule schedule = QuartzExpression.parse(expression, ZoneId.of(zone));
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
      Schedule schedule = QuartzExpression.parse(expression, ZoneId.of(zone));
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

    assertThat(QuartzExpression.parse("* * * * * ?", ZoneOffset.UTC).count(from, to))
        .isEqualTo(365 * 86_400);
    assertThat(QuartzExpression.parse("0 0 9-17 ? * MON-FRI", BERLIN).count(from, to))
        .isEqualTo(261 * 9);
  }

  @Test
  void whatNeverFiresHasNoTimes() throws InvalidSchedule {
    Schedule schedule = QuartzExpression.parse("0 0 0 30 2 ?", ZoneOffset.UTC);

    assertThat(schedule.next(Instant.EPOCH)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isEmpty();
    assertThat(schedule.count(Instant.MIN, Instant.MAX)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 0 * * ?", "0 0 0 15W * ?"})
  void noMomentIsTooFarAway(String expression) throws InvalidSchedule {
    Schedule schedule = QuartzExpression.parse(expression, BERLIN);

    assertThat(schedule.next(Instant.MIN)).isPresent();
    assertThat(schedule.next(Instant.MAX)).isEmpty();
    assertThat(schedule.previous(Instant.MIN)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isPresent();
  }

  @Test
  void whatQuartzRefusesIsRefusedWithItsReason() {
    assertThatThrownBy(() -> QuartzExpression.parse("0 0 12 * * *", BERLIN))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith("quartz \"0 0 12 * * *\": Support for specifying both")
        .hasMessageEndingWith("and ? for one of the two days");
    for (String text : List.of("x", "* * *", "0 0 25 * * ?", "0 0 0 ? * 8", "0 0 0 1-40 * ?")) {
      assertThatThrownBy(() -> QuartzExpression.parse(text, BERLIN))
          .isInstanceOf(InvalidSchedule.class);
    }
  }

  @Test
  void equalExpressionsInOneZoneAreEqualSchedules() throws InvalidSchedule {
    assertThat(QuartzExpression.parse("0 0 0 ? * mon", BERLIN))
        .isEqualTo(QuartzExpression.parse("0 0 0 ? * MON", BERLIN))
        .hasSameHashCodeAs(QuartzExpression.parse("0 0 0 ? * MON", BERLIN))
        .isNotEqualTo(QuartzExpression.parse("0 0 0 ? * MON", ZoneOffset.UTC));
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
