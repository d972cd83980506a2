package io.actionscheduler.schedule;

/**
 * The days of a month that one field stands for: whatever any of its parts names.
 *
 * @param days days of the month by number, bit 0 is the 1st
 * @param last the last day of the month
 * @param nearest the weekday (Monday to Friday) nearest to this day, within its month; 0 for none
 * @param weekdays days of the week, bit 0 is Monday
 * @param positions the n-th weekdays of the month: bit {@code 7 * (n - 1) + weekday} for n from 1
 *     to 5, and n = 6 for the last
 */
record DaySet(int days, boolean last, int nearest, int weekdays, long positions)
    implements DaysInMonth {
  static final int EVERY_DAY = 0x7fff_ffff;
  static final int EVERY_WEEKDAY = 0x7f;

  // What most schedules have, made once: 40 bytes for each of a hundred thousand schedules.
  private static final DaySet EACH_DAY = new DaySet(EVERY_DAY, false, 0, 0, 0);
  private static final DaySet[] SINGLE_DAYS = new DaySet[31];
  private static final DaySet[] WEEKDAYS = new DaySet[EVERY_WEEKDAY + 1];

  static {
    for (int day = 0; day < SINGLE_DAYS.length; day++) {
      SINGLE_DAYS[day] = new DaySet(1 << day, false, 0, 0, 0);
    }
    for (int weekdays = 0; weekdays < WEEKDAYS.length; weekdays++) {
      WEEKDAYS[weekdays] = new DaySet(0, false, 0, weekdays, 0);
    }
  }

  static final DaySet ALL = weekdays(EVERY_WEEKDAY);

  /** Multiplied by seven bits, repeats them for each of six weeks. */
  private static final long SIX_WEEKS = 0x8_1020_4081L;

  /** The bit of {@code positions} for the {@code nth} (6: the last) such weekday. */
  static long position(int nth, int weekday) {
    return 1L << 7 * (nth - 1) + weekday;
  }

  static DaySet weekdays(int weekdays) {
    return of(0, false, weekdays, 0);
  }

  /** As the constructor, without the nearest weekday; equal ones may be the same object. */
  static DaySet of(int days, boolean last, int weekdays, long positions) {
    if (!last && positions == 0) {
      if (days == 0) {
        return WEEKDAYS[weekdays];
      }
      if (weekdays == 0 && days == EVERY_DAY) {
        return EACH_DAY;
      }
      if (weekdays == 0 && Integer.bitCount(days) == 1) {
        return SINGLE_DAYS[Integer.numberOfTrailingZeros(days)];
      }
    }
    return new DaySet(days, last, 0, weekdays, positions);
  }

  // What records have by themselves is made by the JDK at the first call, which takes 20 ms at
  // start.

  @Override
  public boolean equals(Object other) {
    return other instanceof DaySet that
        && days == that.days
        && last == that.last
        && nearest == that.nearest
        && weekdays == that.weekdays
        && positions == that.positions;
  }

  @Override
  public int hashCode() {
    int hash = 31 * days + weekdays;
    return 31 * (31 * hash + nearest) + Boolean.hashCode(last) + Long.hashCode(positions);
  }

  @Override
  public boolean isEveryDay() {
    return days == EVERY_DAY || weekdays == EVERY_WEEKDAY;
  }

  @Override
  public int in(int length, int first) {
    int mask = days | (int) (weekdays * SIX_WEEKS >>> first);
    if (last) {
      mask |= 1 << length - 1;
    }
    if (nearest != 0 && nearest <= length) {
      mask |= 1 << nearestWeekday(length, first) - 1;
    }
    for (long rest = positions; rest != 0; rest &= rest - 1) {
      mask |= position(Long.numberOfTrailingZeros(rest), length, first);
    }
    return mask & -1 >>> 32 - length;
  }

  private int nearestWeekday(int length, int first) {
    int weekday = (first + nearest - 1) % 7;
    if (weekday == 5) {
      return nearest == 1 ? 3 : nearest - 1;
    }
    if (weekday == 6) {
      return nearest == length ? nearest - 2 : nearest + 1;
    }
    return nearest;
  }

  private static int position(int bit, int length, int first) {
    int nth = bit / 7;
    int day = (bit % 7 - first + 7) % 7 + 7 * Math.min(nth, 4);
    if (day < length) {
      return 1 << day;
    }
    return nth == 5 ? 1 << day - 7 : 0;
  }
}
