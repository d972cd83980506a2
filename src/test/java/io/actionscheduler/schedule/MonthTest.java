package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** The arithmetic of the calendar gives the dates that java.time gives. */
class MonthTest {
  private static final long FIRST = LocalDate.of(1580, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(2420, 1, 1).toEpochDay();

  private static void assertIs(YearMonth expected, Month month) {
    LocalDate first = expected.atDay(1);
    if (month.year != expected.getYear()
        || month.month != expected.getMonthValue()
        || month.start != first.toEpochDay()
        || month.length() != expected.lengthOfMonth()) {
      assertThat("%d-%d from %d".formatted(month.year, month.month, month.start))
          .isEqualTo(first + " from " + first.toEpochDay());
    }
  }

  @Test
  void eachDayLiesInItsMonth() {
    for (long day = FIRST; day <= LAST; day++) {
      LocalDate date = LocalDate.ofEpochDay(day);
      assertIs(YearMonth.from(date), new Month(day));
      if (Month.weekday(day) != date.getDayOfWeek().getValue() - 1) {
        assertThat(Month.weekday(day)).as("%s", date).isEqualTo(date.getDayOfWeek().getValue() - 1);
      }
    }
  }

  @Test
  void monthsFollowEachOtherInBothDirections() {
    Month forward = new Month(FIRST);
    Month back = new Month(LAST);
    YearMonth later = YearMonth.from(LocalDate.ofEpochDay(FIRST));
    YearMonth earlier = YearMonth.from(LocalDate.ofEpochDay(LAST));
    while (forward.start < LAST) {
      forward.forward();
      later = later.plusMonths(1);
      assertIs(later, forward);
      back.back();
      earlier = earlier.minusMonths(1);
      assertIs(earlier, back);
    }
  }

  @Test
  void yearsBeginAndEndWithJanuaryAndDecember() {
    Month month = new Month(0);
    for (int year = -801; year <= 2801; year++) {
      month.toJanuary(year);
      assertIs(YearMonth.of(year, 1), month);
      month.toDecember(year);
      assertIs(YearMonth.of(year, 12), month);
      assertThat(Month.isLeap(year)).isEqualTo(java.time.Year.isLeap(year));
    }
  }
}
