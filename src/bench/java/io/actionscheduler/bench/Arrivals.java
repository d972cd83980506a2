package io.actionscheduler.bench;

import java.time.Instant;
import java.util.Arrays;

/**
 * Deliveries as the receiver saw them.
 *
 * @param receivedAt in microseconds since the epoch, one for each of {@code actions}
 */
record Arrivals(long[] receivedAt, int[] actions) {

  int count() {
    return actions.length;
  }

  /** Milliseconds from {@code due} to the last one. */
  double lastAfter(Instant due) {
    long last = Arrays.stream(receivedAt).max().orElseThrow();
    return (last - LineReceiver.micros(due)) / 1e3;
  }

  /** How many came before {@code due}. */
  int early(Instant due) {
    long micros = LineReceiver.micros(due);
    return (int) Arrays.stream(receivedAt).filter(at -> at < micros).count();
  }

  /** Throws unless each of the actions 1 to {@code most} is there exactly once. */
  void requireEachOnce(int most, String when) {
    int[] times = new int[most + 1];
    for (int action : actions) {
      times[action]++;
    }
    long missing = Arrays.stream(times).skip(1).filter(count -> count == 0).count();
    long repeated = Arrays.stream(times).skip(1).filter(count -> count > 1).count();
    if (missing + repeated > 0) {
      throw new IllegalStateException(
          when
              + ": "
              + actions.length
              + " lines; of "
              + most
              + " actions "
              + missing
              + " missing, "
              + repeated
              + " repeated");
    }
  }
}
