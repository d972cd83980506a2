package io.actionscheduler.schedule;

import java.util.Objects;

/**
 * The dates of a cron rule, found a month at a time as bit masks. Days are counted from 1970-01-01.
 */
final class DateRule {
  static final int EVERY_MONTH = 0xfff;
  static final long EVERY_WEEK = 0x3f_ffff_ffff_fffeL;
  static final long NONE = Long.MAX_VALUE;

  private final Years years;
  private final int months;
  private final long weeks;
  private final DaysInMonth days;
  private final DaySet weekdays;
  private final boolean either;

  /** The weekdays, if the rule depends on nothing else; otherwise 0. */
  private final int daysOfWeek;

  /**
   * @param months bit 0 is January
   * @param weeks weeks of ISO 8601, bit 1 is the first
   * @param either whether a day matches when one of {@code days} and {@code weekdays} does; else
   *     both must
   */
  DateRule(Years years, int months, long weeks, DaysInMonth days, DaySet weekdays, boolean either) {
    this.years = years;
    this.months = months;
    this.weeks = weeks;
    this.days = days;
    this.weekdays = weekdays;
    this.either = either;
    this.daysOfWeek =
        years.equals(Years.ALL) && months == EVERY_MONTH && weeks == EVERY_WEEK
            ? weekdaysAlone()
            : 0;
  }

  private int weekdaysAlone() {
    if (either) {
      return days.isEveryDay() || weekdays.isEveryDay() ? DaySet.EVERY_WEEKDAY : 0;
    }
    boolean alone = days.isEveryDay() && weekdays.equals(DaySet.weekdays(weekdays.weekdays()));
    return alone ? weekdays.weekdays() : 0;
  }

  Years years() {
    return years;
  }

  int months() {
    return months;
  }

  long weeks() {
    return weeks;
  }

  DaysInMonth days() {
    return days;
  }

  DaySet weekdays() {
    return weekdays;
  }

  boolean either() {
    return either;
  }

  /** The day on which the first year of this rule begins. */
  long since() {
    return Month.newYear(years.first());
  }

  /** The day on which the year after the last one of this rule begins. */
  long until() {
    return Month.newYear(years.last()) + 366;
  }

  /** The first date at or after {@code from}, or {@link #NONE}. */
  long atOrAfter(long from) {
    if (daysOfWeek != 0) {
      int weekday = Month.weekday(from);
      return from + Integer.numberOfTrailingZeros((daysOfWeek | daysOfWeek << 7) >>> weekday);
    }
    Month month = new Month(from);
    int mask = mask(month) & -1 << (int) (from - month.start);
    long limit = month.year + 401L; // the calendar repeats after 400 years
    while (mask == 0) {
      month.forward();
      if (month.month == 1 || !years.contains(month.year)) {
        if (month.year > years.last()) {
          return NONE;
        }
        if (!years.contains(month.year)) {
          month.toJanuary(years.atOrAfter(month.year));
          limit = Math.max(limit, month.year + 400L);
        }
        if (month.year > limit) {
          return NONE;
        }
      }
      mask = mask(month);
    }
    return month.start + Integer.numberOfTrailingZeros(mask);
  }

  /** The last date at or before {@code to}, or {@link #NONE}. */
  long atOrBefore(long to) {
    if (daysOfWeek != 0) {
      int weekday = Month.weekday(to);
      return to - Integer.numberOfLeadingZeros((daysOfWeek | daysOfWeek << 7) << 24 - weekday);
    }
    Month month = new Month(to);
    int mask = mask(month) & -1 >>> 31 - (int) (to - month.start);
    long limit = month.year - 401L;
    while (mask == 0) {
      month.back();
      if (month.month == 12 || !years.contains(month.year)) {
        if (month.year < years.first()) {
          return NONE;
        }
        if (!years.contains(month.year)) {
          month.toDecember(years.atOrBefore(month.year));
          limit = Math.min(limit, month.year - 400L);
        }
        if (month.year < limit) {
          return NONE;
        }
      }
      mask = mask(month);
    }
    return month.start + 31 - Integer.numberOfLeadingZeros(mask);
  }

  /** How many dates lie in [{@code from}, {@code end}). */
  long count(long from, long end) {
    if (from >= end) {
      return 0;
    }
    if (daysOfWeek == DaySet.EVERY_WEEKDAY) {
      return end - from;
    }
    Month month = new Month(from);
    int mask = mask(month) & -1 << (int) (from - month.start);
    long count = 0;
    while (month.start + 31 < end) {
      count += Integer.bitCount(mask);
      month.forward();
      if (month.year > years.last()) {
        return count;
      }
      if (!years.contains(month.year)) {
        month.toJanuary(years.atOrAfter(month.year));
      }
      mask = mask(month);
    }
    for (long start = month.start; start < end; start = month.start) {
      long left = end - start;
      count += Integer.bitCount(left > 31 ? mask : mask & -1 >>> 32 - (int) left);
      month.forward();
      mask = mask(month);
    }
    return count;
  }

  /** The days of {@code month} that match, bit 0 is the 1st. */
  int mask(Month month) {
    if ((months >>> month.month - 1 & 1) == 0 || !years.contains(month.year)) {
      return 0;
    }
    int length = month.length();
    int first = Month.weekday(month.start);
    int byDay = days.in(length, first);
    int byWeekday = weekdays.in(length, first);
    int mask = either ? byDay | byWeekday : byDay & byWeekday;
    return weeks == EVERY_WEEK ? mask : mask & inWeeks(month, length, first);
  }

  private int inWeeks(Month month, int length, int first) {
    int mask = 0;
    for (int day = -first; day < length; day += 7) { // each Monday, from before the 1st
      if ((weeks >>> week(month.start + day) & 1) != 0) {
        mask |= day < 0 ? 0x7f >>> -day : 0x7f << day;
      }
    }
    return mask & -1 >>> 32 - length;
  }

  /** The week of ISO 8601 that begins on {@code monday}: its Thursday's year is its own. */
  private static int week(long monday) {
    Month thursday = new Month(monday + 3);
    return (int) (monday + 3 - Month.newYear(thursday.year)) / 7 + 1;
  }

  /** Whether both have the same dates, compared month by month through a whole cycle. */
  boolean namesTheDatesOf(DateRule other) {
    if (equals(other)) {
      return true;
    }
    if (!years.equals(other.years)) {
      return false;
    }
    int first = Math.max(years.first(), 1600);
    Month month = new Month(Month.newYear(first));
    for (long last = Math.min(years.last(), first + 400L); month.year <= last; month.forward()) {
      if (mask(month) != other.mask(month)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DateRule that
        && months == that.months
        && weeks == that.weeks
        && either == that.either
        && days.equals(that.days)
        && weekdays.equals(that.weekdays)
        && years.equals(that.years);
  }

  @Override
  public int hashCode() {
    return Objects.hash(years, months, weeks, days, weekdays, either);
  }
}
