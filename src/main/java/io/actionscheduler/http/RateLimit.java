package io.actionscheduler.http;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each client per second. Requests that a client does not make can be made
 * up for within one second.
 */
final class RateLimit {
  private static final double SECOND = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  /**
   * @param nanoTime a monotonic clock
   */
  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /**
   * Counts a request of {@code client}; gives the seconds that it should wait, if it has made too
   * many. There are as many clients as keys, so this needs no bound.
   */
  OptionalLong take(String client) {
    Bucket bucket = buckets.computeIfAbsent(client, name -> fresh());
    synchronized (bucket) {
      long now = nanoTime.getAsLong();
      bucket.tokens = Math.min(perSecond, bucket.tokens + (now - bucket.at) / SECOND * perSecond);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens--;
        return OptionalLong.empty();
      }
      return OptionalLong.of(Math.max(1, (long) Math.ceil((1 - bucket.tokens) / perSecond)));
    }
  }

  private Bucket fresh() {
    Bucket bucket = new Bucket();
    bucket.tokens = perSecond;
    bucket.at = nanoTime.getAsLong();
    return bucket;
  }
}
