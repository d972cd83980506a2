package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/** A sum over the identities of row versions, and how many there are. */
record RowSum(long count, BigInteger sum) {
  static final RowSum ZERO = new RowSum(0, BigInteger.ZERO);

  RowSum {
    requireNonNull(sum, "sum is null");
  }

  RowSum plus(RowSum other) {
    return new RowSum(count + other.count, sum.add(other.sum));
  }

  RowSum minus(RowSum other) {
    return new RowSum(count - other.count, sum.subtract(other.sum));
  }
}
