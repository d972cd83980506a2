package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a refused fire is tried again.
 *
 * @param maxRetries tries after the first; 0 or more
 * @param retryDelay the wait before the first retry; positive
 * @param backoffFactor factor by which each further wait is longer; 1 or more
 */
public record RetryPolicy(int maxRetries, Duration retryDelay, double backoffFactor) {
  /** The longest wait between two tries of the default policy. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(60);

  public static final RetryPolicy DEFAULT = new RetryPolicy(10, Duration.ofSeconds(1), 2);

  /**
   * @throws IllegalArgumentException when {@code maxRetries} or {@code retryDelay} is negative, or
   *     {@code backoffFactor} is below 1
   */
  public RetryPolicy {
    requireNonNull(retryDelay, "retryDelay is null");
    if (maxRetries < 0) {
      throw new IllegalArgumentException("max_retries " + maxRetries + " is negative");
    }
    if (retryDelay.isNegative()) {
      throw new IllegalArgumentException("retry_delay " + retryDelay + " is negative");
    }
    if (!(backoffFactor >= 1)) {
      throw new IllegalArgumentException("backoff_factor " + backoffFactor + " is below 1");
    }
  }

  /** The wait before retry number {@code retry} (from 1), without jitter. */
  public Duration delay(int retry) {
    double cap = Math.max(MAX_DELAY.toMillis(), retryDelay.toMillis());
    double millis = retryDelay.toMillis() * Math.pow(backoffFactor, retry - 1.0);
    return Duration.ofMillis((long) Math.min(millis, cap));
  }
}
