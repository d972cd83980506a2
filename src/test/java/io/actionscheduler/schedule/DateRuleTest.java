package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a rule of dates answers is what a walk through the days finds. */
class DateRuleTest {
  private static final DaySet ANY = DaySet.of(DaySet.EVERY_DAY, false, 0, 0);
  private static final long FIRST = LocalDate.of(2018, 12, 20).toEpochDay();
  private static final long END = LocalDate.of(2029, 1, 12).toEpochDay();

  private static Years years(int... years) {
    BitSet set = new BitSet();
    IntStream.of(years).forEach(set::set);
    return Years.of(set);
  }

  private static void assertWalk(DateRule rule, IntPredicate days) {
    int size = (int) (END - FIRST);
    long next = DateRule.NONE;
    long[] after = new long[size];
    for (int i = size - 1; i >= 0; i--) {
      next = days.test((int) FIRST + i) ? FIRST + i : next;
      after[i] = next;
    }
    long last = DateRule.NONE;
    long count = 0;
    for (int i = 0; i < size; i++) {
      long day = FIRST + i;
      long found = rule.count(FIRST, day);
      if (found != count) {
        assertThat(found).as("before %s", LocalDate.ofEpochDay(day)).isEqualTo(count);
      }
      if (days.test((int) day)) {
        last = day;
        count++;
      }
      if (rule.count(day, day + 1) != (last == day ? 1 : 0)) {
        assertThat(rule.count(day, day + 1)).isEqualTo(last == day ? 1 : 0);
      }
      if (after[i] != DateRule.NONE && rule.atOrAfter(day) != after[i]) {
        assertThat(rule.atOrAfter(day)).as("%s", LocalDate.ofEpochDay(day)).isEqualTo(after[i]);
      }
      if (last != DateRule.NONE && rule.atOrBefore(day) != last) {
        assertThat(rule.atOrBefore(day)).as("%s", LocalDate.ofEpochDay(day)).isEqualTo(last);
      }
    }
    assertThat(count).isPositive();
    assertThat(rule.count(END, FIRST)).isZero();
  }

  private static LocalDate date(int day) {
    return LocalDate.ofEpochDay(day);
  }

  @Test
  void weekdaysAloneAnswerAsAWalk() {
    DateRule rule =
        new DateRule(
            Years.ALL, 0xfff, DateRule.EVERY_WEEK, ANY, DaySet.weekdays(0b010_0101), false);

    assertWalk(rule, day -> List.of(1, 3, 6).contains(date(day).getDayOfWeek().getValue()));
  }

  @Test
  void everyDayAnswersAsAWalk() {
    for (boolean either : new boolean[] {false, true}) {
      assertWalk(
          new DateRule(Years.ALL, 0xfff, DateRule.EVERY_WEEK, ANY, DaySet.ALL, either),
          day -> true);
    }
    assertWalk(
        new DateRule(
            Years.ALL, 0xfff, DateRule.EVERY_WEEK, DaySet.of(1, false, 0, 0), DaySet.ALL, true),
        day -> true);
    assertWalk(
        new DateRule(Years.ALL, 0xfff, DateRule.EVERY_WEEK, ANY, DaySet.weekdays(1), true),
        day -> true);
  }

  @Test
  void daysAndWeekdaysAreJoinedByEitherAndNarrowedByBoth() {
    DaySet days = DaySet.of(0b11 | 1 << 30, true, 0, 0);
    DaySet weekdays = DaySet.weekdays(0b10001);
    IntPredicate byDay =
        day ->
            date(day).getDayOfMonth() <= 2
                || date(day).getDayOfMonth() == date(day).lengthOfMonth();
    IntPredicate byWeekday = day -> List.of(1, 5).contains(date(day).getDayOfWeek().getValue());

    assertWalk(
        new DateRule(Years.ALL, 0xfff, DateRule.EVERY_WEEK, days, weekdays, true),
        byDay.or(byWeekday));
    assertWalk(
        new DateRule(Years.ALL, 0xfff, DateRule.EVERY_WEEK, days, weekdays, false),
        byDay.and(byWeekday));
    assertWalk(
        new DateRule(
            Years.ALL,
            0xfff,
            DateRule.EVERY_WEEK,
            ANY,
            DaySet.of(0, false, 1, DaySet.position(6, 4)),
            false),
        byWeekday.and(
            day ->
                date(day).getDayOfWeek().getValue() == 1
                    || date(day + 7).getMonth() != date(day).getMonth()));
  }

  @Test
  void monthsAndYearsNarrowTheDates() {
    DaySet days = DaySet.of(1 << 28, false, 0, 0);

    assertWalk(
        new DateRule(
            years(2020, 2021, 2024, 2027), 0b10, DateRule.EVERY_WEEK, days, DaySet.ALL, false),
        day ->
            date(day).getMonthValue() == 2
                && date(day).getDayOfMonth() == 29
                && date(day).getYear() < 2028);
    assertWalk(
        new DateRule(
            years(2020, 2021, 2024, 2027), 0x801, DateRule.EVERY_WEEK, ANY, DaySet.ALL, false),
        day ->
            List.of(1, 12).contains(date(day).getMonthValue())
                && List.of(2020, 2021, 2024, 2027).contains(date(day).getYear()));
    assertWalk(
        new DateRule(years(2022), 0xfff, DateRule.EVERY_WEEK, ANY, DaySet.weekdays(1), false),
        day -> date(day).getYear() == 2022 && date(day).getDayOfWeek().getValue() == 1);
  }

  @Test
  void weeksAreThoseOfIso8601() {
    for (int week : new int[] {1, 2, 9, 52, 53}) {
      assertWalk(
          new DateRule(Years.ALL, 0xfff, 1L << week, ANY, DaySet.ALL, false),
          day -> date(day).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) == week);
    }
  }

  @Test
  void beyondItsYearsThereIsNoDate() {
    DateRule rule = new DateRule(years(2020, 2022), 1, DateRule.EVERY_WEEK, ANY, DaySet.ALL, false);
    long last = LocalDate.of(2022, 1, 31).toEpochDay();
    long first = LocalDate.of(2020, 1, 1).toEpochDay();

    assertThat(rule.atOrAfter(last)).isEqualTo(last);
    assertThat(rule.atOrAfter(last + 1)).isEqualTo(DateRule.NONE);
    assertThat(rule.atOrBefore(first)).isEqualTo(first);
    assertThat(rule.atOrBefore(first - 1)).isEqualTo(DateRule.NONE);
    assertThat(rule.atOrAfter(first - 500_000)).isEqualTo(first);
    assertThat(rule.atOrBefore(last + 500_000)).isEqualTo(last);
    assertThat(rule.count(first - 400, last + 40_000)).isEqualTo(62);
    assertThat(rule.since()).isEqualTo(first);
    assertThat(rule.until()).isEqualTo(LocalDate.of(2022, 1, 1).toEpochDay() + 366);
  }

  /** A rule whose dates come only once in 400 years, or never. */
  @Test
  void theSearchGoesOverAWholeCycleOfTheCalendarAndEnds() {
    DateRule rare =
        new DateRule(
            Years.ALL,
            0b10,
            DateRule.EVERY_WEEK,
            DaySet.of(1 << 28, false, 0, 0),
            DaySet.of(0, false, 0, DaySet.position(5, 5)),
            false);
    LocalDate found = LocalDate.ofEpochDay(rare.atOrAfter(FIRST));
    DateRule never =
        new DateRule(
            Years.ALL, 0b10, DateRule.EVERY_WEEK, DaySet.of(1 << 29, false, 0, 0), ANY, false);

    assertThat(found).isEqualTo(LocalDate.of(2020, 2, 29));
    assertThat(rare.atOrBefore(found.toEpochDay() - 1))
        .isEqualTo(LocalDate.of(1992, 2, 29).toEpochDay());
    assertThat(never.atOrAfter(FIRST)).isEqualTo(DateRule.NONE);
    assertThat(never.atOrBefore(FIRST)).isEqualTo(DateRule.NONE);
    assertThat(never.count(FIRST, END)).isZero();
  }

  @Test
  void aYearThatRepeatsAfterAWholeCycleIsFoundFromBothSides() {
    // 29 February 2000 was a Tuesday in week 9; the same in 2400 and 1600.
    DateRule rule =
        new DateRule(
            years(1600, 2000, 2400),
            0b10,
            DateRule.EVERY_WEEK,
            DaySet.of(1 << 28, false, 0, 0),
            DaySet.weekdays(0b10),
            false);
    long in2000 = LocalDate.of(2000, 2, 29).toEpochDay();

    assertThat(rule.atOrAfter(in2000 + 1)).isEqualTo(LocalDate.of(2400, 2, 29).toEpochDay());
    assertThat(rule.atOrBefore(in2000 - 1)).isEqualTo(LocalDate.of(1600, 2, 29).toEpochDay());
  }

  @Test
  void rulesAreEqualIfTheirDatesAre() {
    Years all = Years.ALL;
    long weeks = DateRule.EVERY_WEEK;
    DateRule rule = new DateRule(all, 1, weeks, DaySet.of(0b11, false, 0, 0), ANY, false);
    List<DateRule> others =
        List.of(
            new DateRule(years(2020), 1, weeks, DaySet.of(0b11, false, 0, 0), ANY, false),
            new DateRule(all, 2, weeks, DaySet.of(0b11, false, 0, 0), ANY, false),
            new DateRule(all, 1, 2, DaySet.of(0b11, false, 0, 0), ANY, false),
            new DateRule(all, 1, weeks, DaySet.of(0b111, false, 0, 0), ANY, false),
            new DateRule(all, 1, weeks, DaySet.of(0b11, false, 0, 0), DaySet.weekdays(1), false),
            new DateRule(all, 1, weeks, DaySet.of(0b11, false, 0, 0), ANY, true));

    DateRule same = new DateRule(all, 1, weeks, DaySet.of(0b11, false, 0, 0), ANY, false);
    assertThat(rule).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("a rule");
    assertThat(rule.namesTheDatesOf(same)).isTrue();
    assertThat(others)
        .allSatisfy(
            other -> {
              assertThat(other).isNotEqualTo(rule);
              assertThat(other.hashCode()).isNotEqualTo(rule.hashCode());
              assertThat(other.namesTheDatesOf(rule)).isFalse();
              assertThat(rule.namesTheDatesOf(other)).isFalse();
            });
    assertThat(
            rule.namesTheDatesOf(
                new DateRule(all, 1, weeks, DaySet.of(0b11, false, 0, 0), DaySet.ALL, false)))
        .isTrue();
  }

  @Test
  void theDatesOfAFewYearsAreComparedUpToTheLastOfThem() {
    DaySet last = DaySet.of(0, true, 0, 0);
    DaySet byNumber = DaySet.of(1 << 28, false, 0, 0);
    Years leap = years(2020);
    Years both = years(2020, 2021);

    assertThat(
            new DateRule(leap, 0b10, DateRule.EVERY_WEEK, last, DaySet.ALL, false)
                .namesTheDatesOf(
                    new DateRule(leap, 0b10, DateRule.EVERY_WEEK, byNumber, DaySet.ALL, false)))
        .isTrue();
    assertThat(
            new DateRule(both, 0b10, DateRule.EVERY_WEEK, last, DaySet.ALL, false)
                .namesTheDatesOf(
                    new DateRule(both, 0b10, DateRule.EVERY_WEEK, byNumber, DaySet.ALL, false)))
        .isFalse();
  }
}
