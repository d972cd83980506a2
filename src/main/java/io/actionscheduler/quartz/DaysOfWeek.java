package io.actionscheduler.quartz;

import io.actionscheduler.schedule.MonthDays;
import java.util.BitSet;

/** The days of a month that the day-of-week field names. */
final class DaysOfWeek {
  /** Multiplied by seven bits, repeats them for each of six weeks. */
  private static final long SIX_WEEKS = 0x8_1020_4081L;

  private static final int LAST = 6;

  private DaysOfWeek() {}

  static MonthDays of(FieldSets sets) throws NamesNothing {
    BitSet named = sets.numbers("daysOfWeek", 0, 99);
    if (named.isEmpty()) {
      throw new NamesNothing("day-of-week");
    }
    // Of several days with # or L, Quartz looks at the least alone; 0 is Saturday then, as 7 is.
    int day = named.nextSetBit(0);
    if (sets.isTrue("lastDayOfWeek")) {
      return MonthDays.of((length, first) -> nth(LAST, day, length, first));
    }
    int nth = sets.number("NthDayOfWeek");
    if (nth != 0) {
      return MonthDays.of((length, first) -> nth(nth, day, length, first));
    }
    long week = 0;
    for (int weekday = 1; weekday <= 7; weekday++) {
      week |= named.get(weekday) ? 1L << fromMonday(weekday) : 0;
    }
    long weeks = week * SIX_WEEKS;
    return MonthDays.of((length, first) -> (int) (weeks >>> first));
  }

  private static int nth(int nth, int weekday, int length, int first) {
    if (weekday > 7) {
      return 0;
    }
    int day = Math.floorMod(fromMonday(weekday) - first, 7);
    int date = nth == LAST ? day + (length - 1 - day) / 7 * 7 : day + 7 * (nth - 1);
    return date < length ? 1 << date : 0;
  }

  /** Quartz counts from Sunday, 1. */
  private static int fromMonday(int weekday) {
    return Math.floorMod(weekday - 2, 7);
  }
}
