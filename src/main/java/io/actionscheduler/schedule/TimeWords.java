package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.List;

/** Times of the day in English. */
final class TimeWords {
  private static final long SIXTY = -1L >>> 4;
  private static final int ALL_HOURS = 0xff_ffff;
  private static final int MOST_LISTED = 4;

  private TimeWords() {}

  static String of(TimeSet times) {
    if (times.count() <= MOST_LISTED) {
      return "at " + listed(times);
    }
    boolean onTheMinute = times.seconds() == 1;
    String often = onTheMinute ? "" : repeated(times.seconds(), "second");
    String minutes =
        onTheMinute
            ? repeated(times.minutes(), "minute")
            : times.minutes() == SIXTY ? "" : " in " + named(times.minutes(), "minute");
    String hours =
        times.hours() == ALL_HOURS
            ? ""
            : " in the " + named(Integer.toUnsignedLong(times.hours()), "hour");
    String words = often + minutes;
    if (words.startsWith("at ") && hours.isEmpty()) {
      return words + (onTheMinute || !minutes.isEmpty() ? " of every hour" : " of every minute");
    }
    return words + hours;
  }

  private static String listed(TimeSet times) {
    List<String> all = new ArrayList<>();
    boolean onTheMinute = times.seconds() == 1;
    for (int at = times.first();
        at >= 0;
        at = at + 1 < TimeSet.DAY ? times.atOrAfter(at + 1) : -1) {
      String minute = "%02d:%02d".formatted(at / 3600, at / 60 % 60);
      all.add(onTheMinute ? minute : minute + ":%02d".formatted(at % 60));
    }
    return NumberWords.join(all);
  }

  /** {@code every 15 minutes}, or {@code at minutes 5 and 35}. */
  private static String repeated(long set, String unit) {
    if (set == SIXTY) {
      return "every " + unit;
    }
    int size = Long.bitCount(set);
    boolean even = size > 1 && 60 % size == 0;
    for (int i = 0; even && i < size; i++) {
      even = (set >>> i * 60 / size & 1) != 0;
    }
    return even ? "every " + 60 / size + " " + unit + "s" : "at " + named(set, unit);
  }

  /** {@code minutes 5 and 35}, {@code every 7th minute from 0 to 56}, {@code hours 9 to 17}. */
  private static String named(long set, String unit) {
    List<Integer> numbers = NumberWords.numbers(set);
    int step = NumberWords.step(numbers);
    if (step > 0) {
      return "every %s %s from %d to %d"
          .formatted(
              NumberWords.ordinal(step), unit, numbers.get(0), numbers.get(numbers.size() - 1));
    }
    return (numbers.size() == 1 ? unit : unit + "s")
        + " "
        + NumberWords.list(numbers, Integer::toString);
  }
}
