package io.actionscheduler.schedule;

/**
 * Times of the day, each of {@code hours} with each of {@code minutes} and {@code seconds}; none of
 * the three is empty. Times are counted in seconds from midnight.
 *
 * @param hours bit 0 is 0 h
 * @param minutes bit 0 is minute 0
 * @param seconds bit 0 is second 0
 */
public record TimeSet(int hours, long minutes, long seconds) {
  static final int DAY = 86_400;

  /** The first of these at or after {@code from}, or -1; {@code from} is less than a day. */
  int atOrAfter(int from) {
    int hour = from / 3600;
    if ((hours >>> hour & 1) != 0) {
      int minute = from / 60 % 60;
      if ((minutes >>> minute & 1) != 0) {
        long left = seconds >>> from % 60;
        if (left != 0) {
          return from + Long.numberOfTrailingZeros(left);
        }
      }
      long left = minutes >>> minute + 1;
      if (left != 0) {
        return hour * 3600 + (minute + 1 + Long.numberOfTrailingZeros(left)) * 60 + firstSecond();
      }
    }
    int left = hours >>> hour + 1;
    return left == 0 ? -1 : (hour + 1 + Integer.numberOfTrailingZeros(left)) * 3600 + firstOfHour();
  }

  /** The last of these at or before {@code to}, or -1; {@code to} is less than a day. */
  int atOrBefore(int to) {
    int hour = to / 3600;
    if ((hours >>> hour & 1) != 0) {
      int minute = to / 60 % 60;
      if ((minutes >>> minute & 1) != 0) {
        long left = seconds << 63 - to % 60;
        if (left != 0) {
          return to - Long.numberOfLeadingZeros(left);
        }
      }
      long left = minutes & (1L << minute) - 1;
      if (left != 0) {
        return hour * 3600 + highest(left) * 60 + highest(seconds);
      }
    }
    int left = hours & (1 << hour) - 1;
    return left == 0 ? -1 : highest(left) * 3600 + highest(minutes) * 60 + highest(seconds);
  }

  int first() {
    return Integer.numberOfTrailingZeros(hours) * 3600 + firstOfHour();
  }

  int last() {
    return highest(hours) * 3600 + highest(minutes) * 60 + highest(seconds);
  }

  /** How many there are in a day. */
  int count() {
    return Integer.bitCount(hours) * perHour();
  }

  /** How many of these lie before {@code end}, which may be a whole day. */
  public int countBefore(int end) {
    int hour = end / 3600;
    int minute = end / 60 % 60;
    int count = Integer.bitCount(hours & (1 << hour) - 1) * perHour();
    if ((hours >>> hour & 1) != 0) {
      count += Long.bitCount(minutes & (1L << minute) - 1) * Long.bitCount(seconds);
      if ((minutes >>> minute & 1) != 0) {
        count += Long.bitCount(seconds & (1L << end % 60) - 1);
      }
    }
    return count;
  }

  /**
   * Adds those of the day that begins at {@code midnight} and lie in [{@code from}, {@code end}).
   */
  void addTo(MinuteCounts counts, long midnight, long from, long end) {
    boolean whole = counts.isAligned() && from <= midnight && midnight + DAY <= end;
    for (int left = hours; left != 0; left &= left - 1) {
      int hour = Integer.numberOfTrailingZeros(left);
      for (long more = minutes; more != 0; more &= more - 1) {
        long at = midnight + hour * 3600L + Long.numberOfTrailingZeros(more) * 60L;
        if (whole) {
          counts.add(at, Long.bitCount(seconds));
        } else {
          addSeconds(counts, at, from, end);
        }
      }
    }
  }

  private void addSeconds(MinuteCounts counts, long minute, long from, long end) {
    for (long left = seconds; left != 0; left &= left - 1) {
      long at = minute + Long.numberOfTrailingZeros(left);
      if (at >= from && at < end) {
        counts.add(at, 1);
      }
    }
  }

  private int perHour() {
    return Long.bitCount(minutes) * Long.bitCount(seconds);
  }

  private int firstOfHour() {
    return Long.numberOfTrailingZeros(minutes) * 60 + firstSecond();
  }

  private int firstSecond() {
    return Long.numberOfTrailingZeros(seconds);
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }
}
