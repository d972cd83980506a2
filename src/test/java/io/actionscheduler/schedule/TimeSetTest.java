package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sets of hours, minutes and seconds answer is what a walk through the day finds. */
class TimeSetTest {
  private static final long MIDNIGHT = 20_000L * TimeSet.DAY;

  private static boolean has(TimeSet times, int at) {
    return (times.hours() >>> at / 3600 & 1) != 0
        && (times.minutes() >>> at / 60 % 60 & 1) != 0
        && (times.seconds() >>> at % 60 & 1) != 0;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "0x800000, 0x800000000000000, 0x800000000000000",
    "0x800201, 0x800000040000001, 0x800000040000001",
    "0x40300, 0x300000000c0000, 0x3000000c000000",
    "0xffffff, 0xfffffffffffffff, 0xfffffffffffffff",
  })
  void aSetOfTimesAnswersAsAWalkThroughTheDay(String hours, String minutes, String seconds) {
    TimeSet times = new TimeSet(Integer.decode(hours), Long.decode(minutes), Long.decode(seconds));
    int before = -1;
    int count = 0;
    for (int at = 0; at < TimeSet.DAY; at++) {
      assertEqual(times.countBefore(at), count, "before " + at);
      if (has(times, at)) {
        if (before < 0) {
          assertEqual(times.first(), at, "first");
        }
        before = at;
        count++;
      }
      assertEqual(times.atOrBefore(at), before, "at or before " + at);
    }
    assertEqual(times.countBefore(TimeSet.DAY), count, "in a day");
    assertEqual(times.count(), count, "in all");
    assertEqual(times.last(), before, "last");
    int after = -1;
    for (int at = TimeSet.DAY - 1; at >= 0; at--) {
      after = has(times, at) ? at : after;
      assertEqual(times.atOrAfter(at), after, "at or after " + at);
    }
  }

  /** Half a million comparisons: an assertion object for each would take seconds. */
  private static void assertEqual(int actual, int expected, String what) {
    if (actual != expected) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 86400", // whole days, aligned with minutes
    "0, 1, 86400",
    "0, 0, 86399",
    "0, 36001, 36002",
    "0, -100, 90000",
    "17, 0, 86400", // minutes of an offset with seconds
    "17, 36001, 36031",
  })
  void eachTimeIsCountedInItsMinuteIfItLiesWithinTheEnds(int shift, long from, long end) {
    TimeSet times = new TimeSet(0x800401, 0x800000000000003L, 0x840000000000003L);
    long first = MIDNIGHT - 3600 + shift;
    long[] expected = new long[26 * 60];
    for (int at = 0; at < TimeSet.DAY; at++) {
      if (has(times, at) && at >= from && at < end) {
        expected[(int) ((MIDNIGHT + at - first) / 60)] += 3;
      }
    }
    long[] fires = new long[expected.length];
    times.addTo(new MinuteCounts(first, 3, fires), MIDNIGHT, MIDNIGHT + from, MIDNIGHT + end);
    assertThat(fires).isEqualTo(expected);
  }
}
