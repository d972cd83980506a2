package io.actionscheduler.schedule;

import java.util.BitSet;

/**
 * The years in which a rule holds.
 *
 * @param first the least of them
 * @param last the greatest of them
 * @param chosen the years from {@code first} to {@code last}, or empty when all of these are meant
 */
public record Years(int first, int last, BitSet chosen) {
  /** Every year there is. */
  public static final Years ALL = new Years(Integer.MIN_VALUE, Integer.MAX_VALUE, new BitSet());

  /** These years, at least one. */
  public static Years of(BitSet years) {
    int first = years.nextSetBit(0);
    int last = years.length() - 1;
    boolean gapless = years.nextClearBit(first) > last;
    return new Years(first, last, gapless ? new BitSet() : (BitSet) years.clone());
  }

  // What records have by themselves is made by the JDK at the first call, which takes 20 ms at
  // start.

  @Override
  public boolean equals(Object other) {
    return other instanceof Years that
        && first == that.first
        && last == that.last
        && chosen.equals(that.chosen);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * first + last) + chosen.hashCode();
  }

  /** Whether {@code year} is one of them. */
  boolean contains(int year) {
    return year >= first && year <= last && (chosen.isEmpty() || chosen.get(year));
  }

  /** The first of these years at or after {@code year}; only where {@code year <= last}. */
  int atOrAfter(int year) {
    int least = Math.max(year, first);
    return chosen.isEmpty() ? least : chosen.nextSetBit(least);
  }

  /** The last of these years at or before {@code year}; only where {@code year >= first}. */
  int atOrBefore(int year) {
    int most = Math.min(year, last);
    return chosen.isEmpty() ? most : chosen.previousSetBit(most);
  }
}
