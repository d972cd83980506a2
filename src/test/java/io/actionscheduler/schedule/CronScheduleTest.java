package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule of dates and times in a zone, between its bounds and where the clock changes. */
@Tag("time")
class CronScheduleTest {
  private static final ZoneTable UTC = new ZoneTable(ZoneOffset.UTC);
  private static final ZoneTable BERLIN = new ZoneTable(ZoneId.of("Europe/Berlin"));
  private static final DateRule DAILY =
      new DateRule(
          Years.ALL, DateRule.EVERY_MONTH, DateRule.EVERY_WEEK, DaySet.ALL, DaySet.ALL, false);
  private static final DateRule MONTHLY =
      new DateRule(
          Years.ALL,
          DateRule.EVERY_MONTH,
          DateRule.EVERY_WEEK,
          DaySet.of(1, false, 0, 0),
          DaySet.ALL,
          false);
  private static final TimeSet NOON = new TimeSet(1 << 12, 1, 1);
  private static final TimeSet HALF_PAST = new TimeSet(0xff_ffff, 1L << 30, 1);

  private static CronSchedule schedule(DateRule dates, TimeSet times, ZoneTable zone) {
    return new CronSchedule(dates, times, zone, ClockChanges.ONCE, Bounds.NONE);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  @Test
  void itsBoundsAreIncluded() {
    CronSchedule noon =
        schedule(DAILY, NOON, UTC)
            .with(Bounds.between(at("2026-11-28T12:00:00Z"), at("2026-11-30T12:00:00Z")));

    assertThat(noon.next(Instant.MIN)).contains(at("2026-11-28T12:00:00Z"));
    assertThat(noon.next(at("2026-11-28T12:00:00Z"))).contains(at("2026-11-29T12:00:00Z"));
    assertThat(noon.next(at("2026-11-29T12:00:00Z"))).contains(at("2026-11-30T12:00:00Z"));
    assertThat(noon.next(at("2026-11-30T11:59:59Z"))).contains(at("2026-11-30T12:00:00Z"));
    assertThat(noon.next(at("2026-11-30T12:00:00Z"))).isEmpty();
    assertThat(noon.previous(Instant.MAX)).contains(at("2026-11-30T12:00:00Z"));
    assertThat(noon.previous(at("2026-11-28T12:00:00Z"))).contains(at("2026-11-28T12:00:00Z"));
    assertThat(noon.previous(at("2026-11-28T11:59:59Z"))).isEmpty();
    assertThat(noon.count(Instant.MIN, Instant.MAX)).isEqualTo(3);
    assertThat(noon.count(at("2026-11-28T12:00:00Z"), at("2026-11-30T12:00:00Z"))).isEqualTo(2);
    assertThat(noon.count(at("2026-11-28T11:59:59Z"), at("2026-11-30T11:59:59Z"))).isEqualTo(2);
  }

  @Test
  void itsBoundsCutTheMinutesThatAreCounted() {
    CronSchedule halfPast =
        schedule(DAILY, HALF_PAST, UTC)
            .with(Bounds.between(at("2026-11-28T01:30:00Z"), at("2026-11-28T03:30:00Z")));
    long[] fires = new long[6 * 60];

    halfPast.addMinutes(at("2026-11-28T00:00:00Z"), 7, fires);

    List<Integer> minutes = new ArrayList<>();
    for (int minute = 0; minute < fires.length; minute++) {
      if (fires[minute] != 0) {
        assertThat(fires[minute]).isEqualTo(7);
        minutes.add(minute);
      }
    }
    assertThat(minutes).containsExactly(90, 150, 210);
  }

  @ParameterizedTest
  @EnumSource(ClockChanges.class)
  void whatIsFoundAndCountedWhereTheClockChangesIsTheSame(ClockChanges changes) {
    CronSchedule halfPast = schedule(DAILY, HALF_PAST, BERLIN).with(changes);
    for (String day : List.of("2026-03-29", "2026-10-25")) {
      Instant from = at(day + "T00:00:00Z").minusSeconds(7200);
      Instant to = from.plusSeconds(14_400);
      List<Instant> fires = Walk.forth(halfPast, from, to);
      List<String> expected =
          switch (changes) {
            case FOLLOW ->
                day.equals("2026-03-29")
                    ? List.of("22:30", "23:30", "00:30", "01:30")
                    : List.of("22:30", "23:30", "00:30", "01:30");
            case ONCE ->
                day.equals("2026-03-29")
                    ? List.of("22:30", "23:30", "00:30", "01:00", "01:30")
                    : List.of("22:30", "23:30", "00:30");
            case SECOND_PASS ->
                day.equals("2026-03-29")
                    ? List.of("22:30", "23:30", "00:30", "01:30")
                    : List.of("22:30", "23:30", "01:30");
          };
      assertThat(fires).extracting(fire -> fire.toString().substring(11, 16)).isEqualTo(expected);
      assertThat(Walk.back(halfPast, from, to)).isEqualTo(fires);
      for (int i = 0; i <= 240; i++) { // from each minute on
        Instant begin = from.plusSeconds(60L * i);
        assertThat(halfPast.count(begin, to))
            .isEqualTo(fires.stream().filter(fire -> fire.isAfter(begin)).count());
        assertThat(halfPast.count(from, begin.minusSeconds(1)))
            .isEqualTo(fires.stream().filter(fire -> fire.isBefore(begin)).count());
        long[] before = new long[i];
        halfPast.addMinutes(from, 1, before);
        assertThat(LongStream.of(before).sum())
            .isEqualTo(halfPast.count(from, begin.minusSeconds(1)));
        long[] minutes = new long[240 - i];
        halfPast.addMinutes(begin, 1, minutes);
        for (int minute = 0; minute < minutes.length; minute++) {
          assertThat(minutes[minute])
              .isEqualTo(fires.contains(begin.plusSeconds(60L * minute)) ? 1 : 0);
        }
      }
    }
  }

  @Test
  void schedulesAreEqualWhereEachPartIs() {
    CronSchedule schedule = schedule(DAILY, NOON, BERLIN);
    Bounds some = new Bounds(1, 2_000_000_000);
    List<CronSchedule> others =
        List.of(
            schedule(MONTHLY, NOON, BERLIN),
            schedule(DAILY, HALF_PAST, BERLIN),
            schedule(DAILY, NOON, UTC),
            schedule.with(ClockChanges.FOLLOW),
            schedule.with(some));

    assertThat(schedule(DAILY, NOON, BERLIN)).isEqualTo(schedule).hasSameHashCodeAs(schedule);
    assertThat(schedule.with(some).with(Bounds.NONE)).isEqualTo(schedule);
    assertThat(schedule.with(ClockChanges.FOLLOW).with(ClockChanges.ONCE)).isEqualTo(schedule);
    assertThat(schedule).isNotEqualTo("a schedule");
    assertThat(others)
        .allSatisfy(
            other -> {
              assertThat(other).isNotEqualTo(schedule);
              assertThat(other.hashCode()).isNotEqualTo(schedule.hashCode());
              assertThat(other.meansTheSameAs(schedule)).isFalse();
              assertThat(schedule.meansTheSameAs(other)).isFalse();
            });
    assertThat(schedule.meansTheSameAs(schedule(DAILY, NOON, BERLIN))).isTrue();
  }

  @Test
  void whereTheClockNeverChangesItMakesNoDifferenceWhatAScheduleDoesThen() {
    CronSchedule schedule = schedule(DAILY, NOON, UTC);

    assertThat(schedule.meansTheSameAs(schedule.with(ClockChanges.FOLLOW))).isTrue();
    assertThat(schedule).isNotEqualTo(schedule.with(ClockChanges.FOLLOW));
  }

  private static Years only2026() {
    BitSet year = new BitSet();
    year.set(2026);
    return Years.of(year);
  }

  /** The time before and the time behind it are a year away, or there are none. */
  @ParameterizedTest
  @EnumSource(ClockChanges.class)
  void aTimeOfAYearThatTheClockRepeatsIsFoundWhereverTheSearchBegins(ClockChanges changes) {
    for (int minute : List.of(0, 30, 59)) {
      Instant first = at("2026-10-25T00:00:00Z").plusSeconds(60L * minute);
      Instant second = first.plusSeconds(3_600);
      List<Instant> expected =
          switch (changes) {
            case FOLLOW -> List.of(first, second);
            case ONCE -> List.of(first);
            case SECOND_PASS -> List.of(second);
          };
      TimeSet time = new TimeSet(1 << 2, 1L << minute, 1);
      for (Years years : List.of(Years.ALL, only2026())) {
        DateRule dates =
            new DateRule(
                years,
                1 << 9,
                DateRule.EVERY_WEEK,
                DaySet.of(1 << 24, false, 0, 0),
                DaySet.ALL,
                false);
        assertFires(schedule(dates, time, BERLIN).with(changes), expected, first, second);
      }
    }
  }

  private static void assertFires(
      CronSchedule schedule, List<Instant> expected, Instant first, Instant second) {
    Instant begin = at("2026-01-01T00:00:00Z");
    for (Instant from : List.of(begin, at("2026-06-01T00:00:00Z"), first.minusSeconds(1))) {
      assertThat(Walk.forth(schedule, from, at("2026-12-31T00:00:00Z"))).isEqualTo(expected);
    }
    for (Instant to : List.of(at("2026-12-31T00:00:00Z"), at("2027-06-01T00:00:00Z"), second)) {
      assertThat(Walk.back(schedule, begin, to)).isEqualTo(expected);
      assertThat(schedule.count(begin, to)).isEqualTo(expected.size());
    }
    List<Instant> before = expected.stream().filter(fire -> fire.isBefore(second)).toList();
    for (Instant to : List.of(second.minusSeconds(1), first.plusSeconds(1))) {
      assertThat(Walk.back(schedule, begin, to)).isEqualTo(before);
      assertThat(schedule.count(begin, to)).isEqualTo(before.size());
    }
  }

  @Test
  void eachDayOfItsYearsIsCounted() {
    DateRule days =
        new DateRule(
            only2026(), DateRule.EVERY_MONTH, DateRule.EVERY_WEEK, DaySet.ALL, DaySet.ALL, false);
    for (String zone : List.of("UTC", "Pacific/Kiritimati", "Pacific/Niue")) {
      CronSchedule noon = schedule(days, NOON, new ZoneTable(ZoneId.of(zone)));
      assertThat(noon.count(Instant.MIN, Instant.MAX)).isEqualTo(365);
    }
  }

  /** A rule whose only date is one that the zone left out: what comes next is never found. */
  @Test
  void theSearchEndsWhereADateIsNeverReached() {
    DateRule once =
        new DateRule(
            only2026(),
            1 << 2,
            DateRule.EVERY_WEEK,
            DaySet.of(1 << 28, false, 0, 0),
            DaySet.ALL,
            false);
    TimeSet inTheGap = new TimeSet(1 << 2, 1L << 30, 1);
    CronSchedule skipped =
        new CronSchedule(once, inTheGap, BERLIN, ClockChanges.FOLLOW, Bounds.NONE);

    assertThat(skipped.next(Instant.MIN)).isEmpty();
    assertThat(skipped.next(at("2026-03-28T00:00:00Z"))).isEmpty();
    assertThat(skipped.previous(Instant.MAX)).isEmpty();
    assertThat(skipped.previous(at("2026-03-30T00:00:00Z"))).isEmpty();
    assertThat(skipped.count(Instant.MIN, Instant.MAX)).isZero();
    assertThat(skipped.with(ClockChanges.ONCE).next(Instant.MIN))
        .contains(at("2026-03-29T01:00:00Z"));
    assertThat(skipped.with(ClockChanges.ONCE).previous(Instant.MAX))
        .contains(at("2026-03-29T01:00:00Z"));
    assertThat(skipped.with(ClockChanges.ONCE).count(Instant.MIN, Instant.MAX)).isOne();
  }
}
