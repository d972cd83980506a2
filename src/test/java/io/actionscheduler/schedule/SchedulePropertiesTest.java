package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class SchedulePropertiesTest {
  private static final Instant FROM = Instant.parse("2021-11-20T00:00:00Z");
  private static final Instant TO = Instant.parse("2031-11-20T00:00:00Z");

  @Test
  void nextAndPreviousAndCountAgreeInEveryZone() throws InvalidSchedule {
    ScheduleParser parser = Parsing.parser(UnixDialect.CRONTAB);
    for (String zone : ZoneId.getAvailableZoneIds()) {
      for (String text : List.of("30 0 * * *", "15 */12 * * *", "0 2 * * 0")) {
        Schedule schedule = parser.parse(text, text, ZoneId.of(zone)).schedule();
        Instant last = FROM;
        long count = 0;
        for (Optional<Instant> fire = schedule.next(FROM);
            !fire.orElseThrow().isAfter(TO);
            fire = schedule.next(last)) {
          assertThat(fire.get().isAfter(last)).as("%s %s after %s", zone, text, last).isTrue();
          last = fire.get();
          count++;
          if (!schedule.previous(last).equals(fire)) {
            assertThat(schedule.previous(last)).as("%s %s", zone, text).isEqualTo(fire);
          }
        }
        assertThat(schedule.count(FROM, TO)).as("%s %s", zone, text).isEqualTo(count);
      }
    }
  }

  @Test
  void everyChangeOfTheClockOfEveryZoneIsAsTheNaiveEvaluatorSaysIt() throws InvalidSchedule {
    ScheduleParser parser = Parsing.parser(UnixDialect.CRONTAB);
    Set<List<ZoneOffsetTransition>> seen = new HashSet<>();
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(id);
      List<ZoneOffsetTransition> changes = changes(zone);
      if (seen.add(changes)) { // many names stand for one clock
        for (String text : List.of("*/10 * * * *", "15,45 0-3,23 * * *", "0 0,1,2 * * 0,6")) {
          Schedule schedule = parser.parse(text, text, zone).schedule();
          NaiveEvaluator naive = NaiveEvaluator.unix(text, zone);
          for (ZoneOffsetTransition change : changes) {
            Instant from = change.getInstant().minusSeconds(9000);
            Instant to = change.getInstant().plusSeconds(9000);
            List<Instant> expected = naive.between(from, to);
            assertThat(Walk.forth(schedule, from, to)).as("%s %s", id, text).isEqualTo(expected);
            assertThat(Walk.back(schedule, from, to)).as("%s %s", id, text).isEqualTo(expected);
          }
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "0 0 29 2 *",
        "30 2 L * 5L",
        "*/7 3 * * 1#1",
        "0 0 31W * *",
        "* * * * * 1",
        "0 30 12 * * 3 2020-2090/7",
      })
  void whatComesNextIsFoundAgainFromEveryMomentBeforeTheOneAfter(String text)
      throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_120);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String zone : List.of("UTC", "Europe/Berlin", "Pacific/Apia")) {
      Schedule schedule = Parsing.plain(text, zone);
      for (int i = 0; i < 300; i++) {
        Instant after = Instant.ofEpochSecond(random.nextLong(1L << 32), random.nextInt(1 << 29));
        Optional<Instant> next = schedule.next(after);
        if (next.isEmpty()) {
          continue;
        }
        Optional<Instant> before = schedule.previous(after);
        assertThat(next.get()).isAfter(after);
        assertThat(schedule.previous(next.get())).isEqualTo(next);
        assertThat(schedule.previous(next.get().minusNanos(1))).isEqualTo(before);
        assertThat(schedule.next(next.get().minusNanos(1))).isEqualTo(next);
        assertThat(schedule.count(after, next.get())).isOne();
        before.ifPresent(fire -> assertThat(schedule.next(fire)).isEqualTo(next));
      }
    }
  }

  @Test
  void countsOfLongTimesAreTheSumOfTheirParts() throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_120);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String text : List.of("* * * * * *", "*/5 9-17 * * 1-5", "0 2,3 * * *", "0 0 1 */3 *")) {
      Schedule schedule = Parsing.plain(text, "Europe/Berlin");
      for (int i = 0; i < 100; i++) {
        Instant a = Instant.ofEpochSecond(random.nextLong(-(1L << 32), 1L << 33));
        Instant b = a.plusSeconds(random.nextLong(1L << 31));
        Instant c = b.plusSeconds(random.nextLong(1L << 31));
        assertThat(schedule.count(a, b) + schedule.count(b, c)).isEqualTo(schedule.count(a, c));
        assertThat(schedule.count(b, a)).isZero();
      }
    }
    assertThat(Parsing.utc("* * * * * *").count(FROM, TO))
        .isEqualTo(TO.getEpochSecond() - FROM.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 30 2 *",
        "0 0 31 2,4,6,9,11 *",
        "0 0 31W 2 *",
        "0 0 1-7 * +1#2",
        "0 0 0 29 2 * 2100"
      })
  void whatNeverFiresHasNoTimes(String text) throws InvalidSchedule {
    for (String zone : List.of("UTC", "Europe/Berlin")) {
      Schedule schedule = Parsing.plain(text, zone);

      assertThat(schedule.next(FROM)).isEmpty();
      assertThat(schedule.previous(TO)).isEmpty();
      assertThat(schedule.count(FROM, TO)).isZero();
    }
  }

  @Test
  void extendedRulesEndWithTheirYearsAndBounds() throws InvalidSchedule {
    Schedule never =
        Parsing.extended(
            Map.of("hour", 1, "end_date", "2020-01-01", "start_date", "2021-01-01"), "UTC");
    Schedule week = Parsing.extended(Map.of("week", 53, "day_of_week", "sun"), "UTC");
    Schedule years = Parsing.extended(Map.of("year", "*"), "UTC");

    assertThat(never.next(Instant.MIN)).isEmpty();
    assertThat(never.previous(Instant.MAX)).isEmpty();
    assertThat(never.count(Instant.MIN, Instant.MAX)).isZero();
    assertThat(week.next(FROM)).contains(Instant.parse("2027-01-03T00:00:00Z"));
    assertThat(years.next(Instant.MIN)).contains(Instant.EPOCH);
    assertThat(years.previous(Instant.MAX)).contains(Instant.parse("9999-01-01T00:00:00Z"));
  }

  /** Where the last year or the first one has no later match, the repeated hour has one still. */
  @Test
  void theLastHoursOfARuleAreFoundInARepeatedHour() throws InvalidSchedule {
    Schedule schedule = Parsing.extended(Map.of("year", 2009, "minute", "*/7"), "Asia/Dhaka");
    Instant repeated = Instant.parse("2009-12-31T16:56:00Z"); // 23:56, before the clock goes back

    assertThat(schedule.next(repeated)).contains(Instant.parse("2009-12-31T17:00:00Z"));
    assertThat(schedule.previous(Instant.parse("2009-12-31T16:59:00Z"))).contains(repeated);
    assertThat(schedule.next(Instant.parse("2009-12-31T17:56:00Z"))).isEmpty();
  }

  @Test
  void whatIsFarFromItsYearsIsFoundAtOnce() throws InvalidSchedule {
    Schedule years = Parsing.extended(Map.of("year", "*"), "Europe/Berlin");

    assertThat(years.previous(Instant.MAX)).contains(Instant.parse("9998-12-31T23:00:00Z"));
    assertThat(years.count(Instant.MIN, Instant.MAX)).isEqualTo(9999 - 1970 + 1);
  }

  @Test
  void crontabHasNeitherAFirstYearNorALast() throws InvalidSchedule {
    for (String zone : List.of("UTC", "Europe/Berlin", "America/Nuuk")) {
      Schedule schedule = Parsing.plain("0 12 29 2 *", zone);
      for (String at :
          List.of(
              "-900000000-01-01T00:00:00Z",
              "-0400-06-01T00:00:00Z",
              "1600-02-28T00:00:00Z",
              "+10000-01-01T00:00:00Z",
              "+999999000-01-01T00:00:00Z")) {
        Instant next = schedule.next(Instant.parse(at)).orElseThrow();
        assertThat(next.atZone(ZoneId.of(zone)).toString()).contains("-02-29T12:00");
        assertThat(schedule.previous(next)).contains(next);
        assertThat(schedule.previous(next.minusSeconds(1)).orElseThrow()).isBefore(next);
      }
      assertThat(schedule.next(Instant.MAX)).isEmpty();
      assertThat(schedule.previous(Instant.MIN)).isEmpty();
      assertThat(schedule.next(Instant.MIN)).isPresent();
      assertThat(schedule.previous(Instant.MAX)).isPresent();
    }
  }

  private static List<ZoneOffsetTransition> changes(ZoneId zone) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition change = zone.getRules().nextTransition(FROM);
    while (change != null && change.getInstant().isBefore(TO)) {
      changes.add(change);
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return changes;
  }
}
