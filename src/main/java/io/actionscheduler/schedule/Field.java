package io.actionscheduler.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A field of a cron expression and the values it may hold.
 *
 * @param name its name in messages and parameters
 * @param names names of the values from {@code named} on, lower case; the first of two equal ones
 *     begins a range, the last one ends it
 * @param allowed what may stand there, for messages
 */
record Field(String name, int least, int most, List<String> names, int named, String allowed) {
  static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  static final String ALLOWED_MONTHS = "1 to 12, jan to dec";

  /** More than any range holds. */
  private static final int HUGE = 1_000_000;

  static Field of(String name, int least, int most) {
    return new Field(name, least, most, List.of(), 0, least + " to " + most);
  }

  /** The value of {@code token}, where it is not the end of a range. */
  int value(String token, String term) throws InvalidSchedule {
    return check(
        isNumber(token) ? number(token) : nameAt(names.indexOf(lower(token))), token, term);
  }

  /** The value of {@code token} at the end of a range. */
  int lastValue(String token, String term) throws InvalidSchedule {
    return check(
        isNumber(token) ? number(token) : nameAt(names.lastIndexOf(lower(token))), token, term);
  }

  /** The step of {@code token}, 1 or more. */
  int step(String token, String term) throws InvalidSchedule {
    if (!isNumber(token) || number(token) == 0) {
      throw fault(term, "a step is a whole number from 1, not \"" + token + '"');
    }
    return number(token);
  }

  /** Adds each {@code step}-th value from {@code first} to {@code last}. */
  void add(int first, int last, int step, String term, BitSet into) throws InvalidSchedule {
    if (last < first) {
      throw fault(term, "the range is reversed; write the lesser value first");
    }
    if (step == 1) {
      into.set(first, last + 1); // all years are 8,000: most of what reading a schedule costs
      return;
    }
    for (int value = first; value <= last; value += step) {
      into.set(value);
    }
  }

  InvalidSchedule fault(Object value, String fault) {
    return new InvalidSchedule(name + " \"" + value + "\": " + fault);
  }

  InvalidSchedule notAllowed(String token, String term) {
    String what = token.isEmpty() ? "a value is missing" : '"' + token + "\" is not allowed";
    return fault(term, what + "; allowed are " + allowed);
  }

  static boolean isNumber(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return false;
      }
    }
    return !token.isEmpty();
  }

  private static int number(String digits) {
    int number = 0;
    for (int i = 0; i < digits.length() && number < HUGE; i++) {
      number = 10 * number + digits.charAt(i) - '0';
    }
    return Math.min(number, HUGE);
  }

  private int nameAt(int index) {
    return index < 0 ? -1 : named + index;
  }

  private int check(int value, String token, String term) throws InvalidSchedule {
    if (value < least || value > most) {
      throw notAllowed(token, term);
    }
    return value;
  }

  private static String lower(String token) {
    return token.toLowerCase(Locale.ROOT);
  }
}
