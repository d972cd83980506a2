package io.actionscheduler.move;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes the values of a field of a schedule in the usual short form: {@code *}, {@code *}{@code
 * /15}, ranges, lists.
 */
public final class FieldText {
  private static final List<String> WEEKDAYS =
      List.of("", "mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int AS_RANGE = 3;

  private FieldText() {}

  /**
   * The text for {@code values} among those from {@code least} to {@code most}.
   *
   * @param values at least one
   * @throws IllegalArgumentException when there is none
   */
  public static String of(BitSet values, int least, int most) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value");
    }
    if (values.cardinality() == most - least + 1) {
      return "*";
    }
    int first = values.nextSetBit(0);
    int last = values.length() - 1;
    int step = values.cardinality() > 1 ? values.nextSetBit(first + 1) - first : 0;
    if (step > 1 && values.cardinality() >= AS_RANGE && isEvery(values, first, step)) {
      return (first == least && last + step > most ? "*" : first + "-" + last) + "/" + step;
    }
    return runs(values, false);
  }

  /** The text for weekdays, by their names; 1 is Monday and 7 is Sunday. */
  public static String ofWeekdays(BitSet values) {
    return values.cardinality() == WEEKDAYS.size() - 1 ? "*" : runs(values, true);
  }

  private static boolean isEvery(BitSet values, int first, int step) {
    int expected = first;
    for (int value = first; value >= 0; value = values.nextSetBit(value + 1)) {
      if (value != expected) {
        return false;
      }
      expected += step;
    }
    return true;
  }

  private static String runs(BitSet values, boolean weekdays) {
    List<String> parts = new ArrayList<>();
    for (int first = values.nextSetBit(0); first >= 0; ) {
      int end = values.nextClearBit(first);
      if (end - first >= AS_RANGE) {
        parts.add(name(first, weekdays) + "-" + name(end - 1, weekdays));
      } else {
        for (int value = first; value < end; value++) {
          parts.add(name(value, weekdays));
        }
      }
      first = values.nextSetBit(end);
    }
    return String.join(",", parts);
  }

  private static String name(int value, boolean weekdays) {
    return weekdays ? WEEKDAYS.get(value) : String.valueOf(value);
  }
}
