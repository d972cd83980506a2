package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * Days of a month for each of the 28 forms that a month may have: 28 to 31 days, beginning on one
 * of seven weekdays. Whatever rule names them, equal days are equal objects.
 */
public final class MonthDays implements DaysInMonth {
  private static final int SHORTEST = 28;
  private static final int LONGEST = 31;

  private final List<Integer> masks;

  private MonthDays(List<Integer> masks) {
    this.masks = masks;
  }

  /**
   * The days that {@code rule} names.
   *
   * @param rule gives the days of a month, bit 0 is the 1st, from its length and the weekday of its
   *     1st (0 is Monday); bits beyond the length are left out
   */
  public static MonthDays of(IntBinaryOperator rule) {
    List<Integer> masks = new ArrayList<>();
    for (int length = SHORTEST; length <= LONGEST; length++) {
      for (int first = 0; first < 7; first++) {
        masks.add(rule.applyAsInt(length, first) & -1 >>> 32 - length);
      }
    }
    return new MonthDays(List.copyOf(masks));
  }

  @Override
  public int in(int length, int first) {
    return masks.get((length - SHORTEST) * 7 + first);
  }

  @Override
  public boolean isEveryDay() {
    return equals(of((length, first) -> -1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MonthDays that && masks.equals(that.masks);
  }

  @Override
  public int hashCode() {
    return masks.hashCode();
  }
}
