package io.actionscheduler.quartz;

import io.actionscheduler.schedule.MonthDays;
import java.util.BitSet;

/** The days of a month that the day-of-month field names. */
final class DaysOfMonth {
  /** Quartz stores {@code L} as this number, {@code L-1} as the one before it, and so on. */
  private static final int LAST = 62;

  private static final int FIRST_FROM_END = 32;

  private DaysOfMonth() {}

  static MonthDays of(FieldSets sets) throws NamesNothing {
    BitSet days = sets.numbers("daysOfMonth", 1, LAST);
    BitSet nearest = sets.numbers("nearestWeekdays", 0, LAST);
    if (days.isEmpty() && nearest.isEmpty()) {
      throw new NamesNothing("day-of-month");
    }
    return MonthDays.of((length, first) -> plain(days, length) | weekdays(nearest, length, first));
  }

  /** Found as Quartz finds them, from one to the next: beside numbers it may pass over an L-3. */
  private static int plain(BitSet days, int length) {
    int mask = 0;
    for (int day = next(days, 1, length); day > 0; day = next(days, day + 1, length)) {
      mask |= 1 << day - 1;
    }
    return mask;
  }

  /** The first of {@code days} at or after {@code from}, or 0. */
  private static int next(BitSet days, int from, int length) {
    if (from > length) {
      return 0;
    }
    int fromEnd = days.nextSetBit(LAST - (length - from));
    int inLongMonth = fromEnd < 0 ? Integer.MAX_VALUE : fromEnd - FIRST_FROM_END + 1;
    int number = days.nextSetBit(from);
    if (number > 0 && number <= length && number < inLongMonth) {
      return number;
    }
    return fromEnd < 0 ? 0 : length - (LAST - fromEnd);
  }

  private static int weekdays(BitSet nearest, int length, int first) {
    int mask = 0;
    for (int named = nearest.nextSetBit(1); named > 0; named = nearest.nextSetBit(named + 1)) {
      int day = named < FIRST_FROM_END ? named : length - (LAST - named);
      if (day >= 1 && day <= length) {
        mask |= 1 << weekday(day, length, first) - 1;
      }
    }
    return mask;
  }

  /** The day from Monday to Friday that is nearest to {@code day}, within the month. */
  private static int weekday(int day, int length, int first) {
    return switch ((first + day - 1) % 7) {
      case 5 -> day == 1 ? 3 : day - 1;
      case 6 -> day == length ? day - 2 : day + 1;
      default -> day;
    };
  }
}
