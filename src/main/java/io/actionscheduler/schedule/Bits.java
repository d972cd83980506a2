package io.actionscheduler.schedule;

import java.util.BitSet;

/** Sets of small numbers as the bits of a {@code long}. */
final class Bits {
  private Bits() {}

  /** The bits of {@code set}, which holds nothing above 63. */
  static long of(BitSet set) {
    long[] words = set.toLongArray();
    return words.length == 0 ? 0 : words[0];
  }
}
