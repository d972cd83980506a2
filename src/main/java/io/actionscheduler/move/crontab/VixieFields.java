package io.actionscheduler.move.crontab;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The five fields of a crontab line as Vixie's cron reads them, from which Debian's cron and cronie
 * come: a reversed range ({@code fri-sun}, where {@code sun} is 0) is accepted, and matches
 * nothing.
 *
 * @param followsClock whether minute or hour begins with {@code *}
 * @param both whether the day must match by date and by weekday, as one of them begins with {@code
 *     *}; else one is enough
 */
record VixieFields(
    BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, Flags flags) {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  /** Facts that depend on the first characters of the fields. */
  record Flags(boolean followsClock, boolean both) {}

  /**
   * Reads five fields.
   *
   * @throws IllegalArgumentException when cron refuses them
   */
  static VixieFields read(List<String> fields) {
    if (fields.size() != 5) {
      throw new IllegalArgumentException(String.join(" ", fields));
    }
    BitSet weekdays = set(fields.get(4), 0, 7, WEEKDAYS, 0);
    if (weekdays.get(0) || weekdays.get(7)) {
      weekdays.set(0);
      weekdays.set(7);
    }
    return new VixieFields(
        set(fields.get(0), 0, 59, List.of(), 0),
        set(fields.get(1), 0, 23, List.of(), 0),
        set(fields.get(2), 1, 31, List.of(), 0),
        set(fields.get(3), 1, 12, MONTHS, 1),
        weekdays,
        new Flags(
            fields.get(0).startsWith("*") || fields.get(1).startsWith("*"),
            fields.get(2).startsWith("*") || fields.get(4).startsWith("*")));
  }

  /** Whether it matches no time at all, as with a range that ends before it begins. */
  boolean isNever() {
    boolean noDay =
        flags.both() ? days.isEmpty() || weekdays.isEmpty() : days.isEmpty() && weekdays.isEmpty();
    return minutes.isEmpty() || hours.isEmpty() || months.isEmpty() || noDay;
  }

  boolean isDay(int date, int month, int weekday) {
    boolean byDate = days.get(date);
    boolean byWeekday = weekdays.get(weekday % 7);
    return months.get(month) && (flags.both() ? byDate && byWeekday : byDate || byWeekday);
  }

  private static BitSet set(String field, int least, int most, List<String> names, int named) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      String[] range = part.split("/", -1);
      if (range.length > 2) {
        throw new IllegalArgumentException(part);
      }
      int first = least;
      int last = most;
      if (!range[0].equals("*")) {
        String[] ends = range[0].split("-", -1);
        if (ends.length > 2 || ends.length == 1 && range.length == 2) {
          throw new IllegalArgumentException(part);
        }
        first = number(ends[0], least, most, names, named);
        last = number(ends[ends.length - 1], least, most, names, named);
      }
      int step = range.length == 2 ? number(range[1], 1, Integer.MAX_VALUE, List.of(), 0) : 1;
      for (long value = first; value <= last; value += step) {
        values.set((int) value);
      }
    }
    return values;
  }

  private static int number(String text, int least, int most, List<String> names, int named) {
    int name = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (name < 0 && !text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(text);
    }
    int number = name < 0 ? Integer.parseInt(text) : name + named;
    if (number < least || number > most) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }
}
