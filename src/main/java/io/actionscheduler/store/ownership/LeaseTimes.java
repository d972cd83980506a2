package io.actionscheduler.store.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The times of a lease.
 *
 * @param length how long it is valid from each renewal, by the database's clock
 * @param renewEvery the time between two renewals
 * @param margin an owner that could not renew the lease gives up this long before its end
 */
public record LeaseTimes(Duration length, Duration renewEvery, Duration margin) {
  public static final LeaseTimes STANDARD =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(2));

  /**
   * Where another process stands by: it is the owner within ten seconds of the death of this one.
   */
  public static final LeaseTimes WITH_STANDBY =
      new LeaseTimes(Duration.ofSeconds(7), Duration.ofMillis(1_500), Duration.ofMillis(1_500));

  /**
   * @throws IllegalArgumentException when {@code renewEvery} and {@code margin} together are not
   *     shorter than {@code length}
   */
  public LeaseTimes {
    requireNonNull(length, "length is null");
    requireNonNull(renewEvery, "renewEvery is null");
    requireNonNull(margin, "margin is null");
    if (renewEvery.plus(margin).compareTo(length) >= 0) {
      throw new IllegalArgumentException("no time to renew: " + renewEvery + " of " + length);
    }
  }

  /** How long an owner may rely on a renewal, counted from just before the request. */
  Duration reliable() {
    return length.minus(margin);
  }

  /** The wait between two tries while renewing fails. */
  Duration retryEvery() {
    return renewEvery.dividedBy(5);
  }
}
