package io.actionscheduler.schedule;

/**
 * How many fires lie in each minute.
 *
 * @param first the local time at which the first of them begins
 * @param times how often each fire counts
 */
record MinuteCounts(long first, int times, long[] fires) {
  /** Whether minutes of the local clock are the same as those that are counted. */
  boolean isAligned() {
    return Math.floorMod(first, 60L) == 0;
  }

  void add(long local, int count) {
    fires[(int) ((local - first) / 60)] += (long) times * count;
  }
}
