package io.actionscheduler.schedule;

import java.util.BitSet;
import java.util.List;

/** The fields of crontab text. */
final class UnixField {
  static final Field SECOND = Field.of("second", 0, 59);
  static final Field MINUTE = Field.of("minute", 0, 59);
  static final Field HOUR = Field.of("hour", 0, 23);
  static final Field MONTH = new Field("month", 1, 12, Field.MONTHS, 1, Field.ALLOWED_MONTHS);
  static final Field YEAR = Field.of("year", 1970, 2199);
  private static final Field DAY_OF_MONTH =
      new Field("day-of-month", 1, 31, List.of(), 0, "1 to 31, L, a lone 15W");

  /** Sunday stands at both ends: a range may begin and end with it. */
  private static final Field DAY_OF_WEEK =
      new Field(
          "day-of-week",
          0,
          7,
          List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"),
          0,
          "0 to 7, sun to sat, 5#2, 5L");

  private UnixField() {}

  /** The values of a field that holds numbers alone. */
  static BitSet numbers(Field field, String text) throws InvalidSchedule {
    BitSet values = new BitSet();
    for (String term : text.split(",", -1)) {
      add(field, term, text, values);
    }
    return values;
  }

  static DaySet daysOfMonth(String text) throws InvalidSchedule {
    if (text.equals("?")) {
      return daysOfMonth("*");
    }
    if (text.endsWith("W")) {
      String day = text.substring(0, text.length() - 1);
      if (!Field.isNumber(day)) {
        throw DAY_OF_MONTH.fault(text, "W takes one day before it, alone in its field; write 15W");
      }
      return new DaySet(0, false, DAY_OF_MONTH.value(day, text), 0, 0);
    }
    BitSet days = new BitSet();
    boolean last = false;
    for (String term : text.split(",", -1)) {
      if (term.equals("L")) {
        last = true;
      } else {
        add(DAY_OF_MONTH, term, text, days);
      }
    }
    return DaySet.of((int) (Bits.of(days) >>> 1), last, 0, 0);
  }

  static DaySet daysOfWeek(String text) throws InvalidSchedule {
    if (text.equals("?")) {
      return DaySet.ALL;
    }
    BitSet days = new BitSet();
    long positions = 0;
    for (String term : text.split(",", -1)) {
      int hash = term.indexOf('#');
      if (hash >= 0) {
        positions |= position(term.substring(0, hash), term.substring(hash + 1), term);
      } else if (term.endsWith("L")) {
        positions |= position(term.substring(0, term.length() - 1), "L", term);
      } else {
        add(DAY_OF_WEEK, term, text, days);
      }
    }
    int fromSunday = (int) (Bits.of(days) & 0x7f | Bits.of(days) >>> 7);
    int fromMonday = fromSunday >>> 1 | (fromSunday & 1) << 6;
    return DaySet.of(0, false, fromMonday, positions);
  }

  private static long position(String weekday, String nth, String term) throws InvalidSchedule {
    int day = (DAY_OF_WEEK.value(weekday, term) + 6) % 7;
    if (nth.equals("L")) {
      return DaySet.position(6, day);
    }
    if (nth.length() != 1 || nth.charAt(0) < '1' || nth.charAt(0) > '5') {
      throw DAY_OF_WEEK.fault(term, "behind # allowed are 1 to 5, L");
    }
    return DaySet.position(nth.charAt(0) - '0', day);
  }

  private static void add(Field field, String term, String text, BitSet into)
      throws InvalidSchedule {
    if (term.isEmpty()) {
      throw field.notAllowed("", text);
    }
    int slash = term.indexOf('/');
    String range = slash < 0 ? term : term.substring(0, slash);
    int step = 1;
    int first = field.least();
    int last = field.most();
    int dash = range.indexOf('-');
    if (dash >= 0) {
      first = field.value(range.substring(0, dash), term);
      last = field.lastValue(range.substring(dash + 1), term);
    } else if (!range.equals("*")) {
      first = field.value(range, term);
      last = first;
    }
    if (slash >= 0) {
      step = field.step(term.substring(slash + 1), term);
      if (dash < 0 && !range.equals("*")) {
        String remedy = first + "-" + field.most() + "/" + step;
        throw field.fault(term, "a step needs * or a range before it; write " + remedy);
      }
    }
    field.add(first, last, step, term, into);
  }
}
