package io.actionscheduler.schedule;

import java.time.Duration;

/** Reads intervals such as {@code 90s} and {@code 1h30m}. */
final class IntervalText {
  private static final String UNITS = "wdhms";
  private static final int[] SECONDS = {604_800, 86_400, 3600, 60, 1};

  private IntervalText() {}

  /**
   * The time that {@code text} stands for, from a second to a hundred years.
   *
   * @param name what the value is called in the message of a fault
   */
  static Duration read(String name, String text) throws InvalidSchedule {
    long seconds = 0;
    long number = -1;
    int last = -1;
    for (char sign : text.toCharArray()) {
      int unit = UNITS.indexOf(sign);
      if (sign >= '0' && sign <= '9') {
        number = Math.min(10 * Math.max(number, 0) + sign - '0', Integer.MAX_VALUE);
      } else if (number >= 0 && unit > last) {
        seconds += number * SECONDS[unit];
        number = -1;
        last = unit;
      } else {
        throw fault(name, text);
      }
    }
    if (number >= 0 || last < 0) {
      throw fault(name, text);
    }
    Duration every = Duration.ofSeconds(seconds);
    if (every.compareTo(Interval.SHORTEST) < 0 || every.compareTo(Interval.LONGEST) > 0) {
      throw new InvalidSchedule(
          name
              + " \""
              + text
              + "\": out of range; allowed are 1s to "
              + Interval.LONGEST.toDays()
              + "d");
    }
    return every;
  }

  private static InvalidSchedule fault(String name, String text) {
    return new InvalidSchedule(
        name
            + " \""
            + text
            + "\": write whole numbers of w, d, h, m and s, the largest unit"
            + " first, such as 90s or 1h30m");
  }
}
