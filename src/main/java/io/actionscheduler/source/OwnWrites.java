package io.actionscheduler.source;

/**
 * What the writes of this program changed in the sum over all rows since the table was read: a
 * difference that is exactly this is no news. Safe for use by many threads.
 */
final class OwnWrites {
  private RowSum all = RowSum.ZERO;

  /** A transaction that was committed changed the sum by this. */
  synchronized void add(RowSum difference) {
    all = all.plus(difference);
  }

  synchronized RowSum all() {
    return all;
  }

  /** The table was read with these. */
  synchronized void forget(RowSum read) {
    all = all.minus(read);
  }
}
