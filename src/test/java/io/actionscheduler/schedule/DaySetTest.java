package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The days of each form of a month are those of java.time. */
class DaySetTest {
  /** One month of each form: of every length that begins on every weekday. */
  private static Collection<LocalDate> months() {
    Map<Integer, LocalDate> months = new TreeMap<>();
    for (int month = 0; month < 336; month++) { // 28 years have each form
      LocalDate first = LocalDate.of(2001, 1, 1).plusMonths(month);
      months.put(10 * first.lengthOfMonth() + first.getDayOfWeek().getValue(), first);
    }
    return months.values();
  }

  private static void assertDays(DaySet days, Predicate<LocalDate> rule) {
    for (LocalDate first : months()) {
      int expected = 0;
      for (int day = 1; day <= first.lengthOfMonth(); day++) {
        expected |= rule.test(first.withDayOfMonth(day)) ? 1 << day - 1 : 0;
      }
      assertThat(days.in(first.lengthOfMonth(), first.getDayOfWeek().getValue() - 1))
          .as("%s in the month from %s", days, first)
          .isEqualTo(expected);
    }
  }

  @Test
  void daysByNumberAndByWeekdayAndTheLastOneAreFound() {
    assertDays(
        DaySet.of(0b101, false, 0, 0),
        date -> date.getDayOfMonth() % 2 == 1 && date.getDayOfMonth() < 4);
    assertDays(DaySet.of(1 << 30, false, 0, 0), date -> date.getDayOfMonth() == 31);
    assertDays(DaySet.of(0, true, 0, 0), date -> date.getDayOfMonth() == date.lengthOfMonth());
    assertDays(DaySet.ALL, date -> true);
    assertDays(DaySet.of(DaySet.EVERY_DAY, false, 0, 0), date -> true);
    assertDays(
        DaySet.of(1, true, 0b100_0001, DaySet.position(2, 2)),
        date ->
            date.getDayOfMonth() == 1
                || date.getDayOfMonth() == date.lengthOfMonth()
                || date.getDayOfWeek() == DayOfWeek.MONDAY
                || date.getDayOfWeek() == DayOfWeek.SUNDAY
                || date.equals(
                    date.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.WEDNESDAY))));
  }

  @Test
  void theNthWeekdayOfTheMonthIsFound() {
    for (DayOfWeek weekday : DayOfWeek.values()) {
      int bit = weekday.getValue() - 1;
      for (int nth = 1; nth <= 5; nth++) {
        int number = nth;
        assertDays(
            DaySet.of(0, false, 0, DaySet.position(nth, bit)),
            date -> date.getDayOfWeek() == weekday && (date.getDayOfMonth() + 6) / 7 == number);
      }
      assertDays(
          DaySet.of(0, false, 0, DaySet.position(6, bit)),
          date -> date.equals(date.with(TemporalAdjusters.lastInMonth(weekday))));
    }
  }

  @Test
  void theWeekdayNearestToADayStaysInItsMonth() {
    for (int day = 1; day <= 31; day++) {
      int wanted = day;
      assertDays(
          new DaySet(0, false, day, 0, 0),
          date -> wanted <= date.lengthOfMonth() && date.equals(nearest(date, wanted)));
    }
  }

  private static LocalDate nearest(LocalDate month, int day) {
    LocalDate date = month.withDayOfMonth(day);
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> day == 1 ? date.plusDays(2) : date.minusDays(1);
      case SUNDAY -> day == month.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
      default -> date;
    };
  }

  @Test
  void aSetOfAllDaysIsEveryDay() {
    assertThat(DaySet.ALL.isEveryDay()).isTrue();
    assertThat(DaySet.of(DaySet.EVERY_DAY, false, 0, 0).isEveryDay()).isTrue();
    assertThat(DaySet.of(DaySet.EVERY_DAY - 1, false, 0, 0).isEveryDay()).isFalse();
    assertThat(DaySet.weekdays(0b011_1111).isEveryDay()).isFalse();
    assertThat(MonthDays.of((length, first) -> -1).isEveryDay()).isTrue();
    assertThat(MonthDays.of((length, first) -> length == 31 && first == 6 ? -2 : -1).isEveryDay())
        .isFalse();
  }

  @Test
  void equalSetsAreEqualObjectsAndEachPartCounts() {
    DaySet set = new DaySet(1, true, 2, 3, 4);

    assertThat(new DaySet(1, true, 2, 3, 4)).isEqualTo(set).hasSameHashCodeAs(set);
    List<DaySet> others =
        List.of(
            new DaySet(9, true, 2, 3, 4),
            new DaySet(1, false, 2, 3, 4),
            new DaySet(1, true, 9, 3, 4),
            new DaySet(1, true, 2, 9, 4),
            new DaySet(1, true, 2, 3, 9));
    assertThat(others)
        .allSatisfy(
            other -> {
              assertThat(other).isNotEqualTo(set);
              assertThat(other.hashCode()).isNotEqualTo(set.hashCode());
            });
  }

  @Test
  void commonSetsAreShared() {
    assertThat(DaySet.weekdays(0b1_1111)).isSameAs(DaySet.of(0, false, 0b1_1111, 0));
    assertThat(DaySet.of(1 << 14, false, 0, 0)).isSameAs(DaySet.of(1 << 14, false, 0, 0));
    assertThat(DaySet.of(DaySet.EVERY_DAY, false, 0, 0))
        .isSameAs(DaySet.of(DaySet.EVERY_DAY, false, 0, 0));
    assertThat(DaySet.of(1 << 14, false, 1, 0)).isEqualTo(new DaySet(1 << 14, false, 0, 1, 0));
    assertThat(DaySet.of(DaySet.EVERY_DAY, false, 1, 0))
        .isEqualTo(new DaySet(DaySet.EVERY_DAY, false, 0, 1, 0));
    assertThat(DaySet.of(3, false, 0, 0)).isEqualTo(new DaySet(3, false, 0, 0, 0));
    assertThat(DaySet.of(0, false, 1, 8)).isEqualTo(new DaySet(0, false, 0, 1, 8));
    assertThat(DaySet.of(0, true, 1, 0)).isEqualTo(new DaySet(0, true, 0, 1, 0));
  }

  @Test
  void rulesThatNameTheSameDaysAreEqualDays() {
    MonthDays byNumber = MonthDays.of((length, first) -> 1 << length - 1);
    MonthDays byRule = MonthDays.of(new DaySet(0, true, 0, 0, 0)::in);

    assertThat(byNumber).isEqualTo(byRule).hasSameHashCodeAs(byRule);
    assertThat(byNumber).isNotEqualTo(MonthDays.of((length, first) -> 1));
    assertThat(byNumber.hashCode()).isNotEqualTo(MonthDays.of((length, first) -> 1).hashCode());
    assertThat(MonthDays.of((length, first) -> -1).in(30, 0)).isEqualTo(0x3fff_ffff);
    for (int length = 28; length <= 31; length++) {
      for (int first = 0; first < 7; first++) {
        assertThat(MonthDays.of((days, weekday) -> 100 * days + weekday).in(length, first))
            .isEqualTo(100 * length + first);
      }
    }
  }
}
