package io.actionscheduler.schedule;

/** Arithmetic of the civil calendar on days since 1970-01-01, without an object for each date. */
final class Month {
  /** Days in 400 years, after which the calendar repeats itself, weekdays included. */
  static final int CYCLE = 146_097;

  /** Days from 0000-03-01 to 1970-01-01. */
  private static final int EPOCH = 719_468;

  int year;

  /** 1 to 12. */
  int month;

  /** The day number of the month's 1st. */
  long start;

  /** The month that {@code day} lies in; years begin in March here, so that 29 February is last. */
  Month(long day) {
    long shifted = day + EPOCH;
    long cycle = Math.floorDiv(shifted, (long) CYCLE);
    int dayOfCycle = (int) (shifted - cycle * CYCLE);
    int yearOfCycle =
        (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
    int dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    year = (int) (cycle * 400) + yearOfCycle + (month <= 2 ? 1 : 0);
    start = day - (dayOfYear - (153 * fromMarch + 2) / 5);
  }

  /** The day number of the 1st of January. */
  static long newYear(int year) {
    long before = year - 1L;
    return 365 * before
        + Math.floorDiv(before, 4L)
        - Math.floorDiv(before, 100L)
        + Math.floorDiv(before, 400L)
        - 719_162;
  }

  /** 0 is Monday. */
  static int weekday(long day) {
    return (int) Math.floorMod(day + 3, 7L);
  }

  static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  int length() {
    return month == 2 ? isLeap(year) ? 29 : 28 : 30 + (month + (month >> 3) & 1);
  }

  /** To the month after this one. */
  void forward() {
    start += length();
    if (++month > 12) {
      month = 1;
      year++;
    }
  }

  /** To the month before this one. */
  void back() {
    if (--month < 1) {
      month = 12;
      year--;
    }
    start -= length();
  }

  /** To January of {@code toYear}. */
  void toJanuary(int toYear) {
    year = toYear;
    month = 1;
    start = newYear(toYear);
  }

  /** To December of {@code toYear}. */
  void toDecember(int toYear) {
    year = toYear;
    month = 12;
    start = newYear(toYear + 1) - 31;
  }
}
