package io.actionscheduler.callback.kafka.exactlyonce;

import java.time.Duration;
import java.util.Map;

/**
 * The most bytes of one transaction: as many as the connection to the brokers transfers in time. A
 * larger one would time out every time it is sent.
 */
final class TransactionSize {
  /** 20,000 short commands fit; more would not be faster. */
  private static final long MOST = 16 << 20;

  /** A connection that does not transfer this in time is useless. */
  private static final long LEAST = 64 << 10;

  private final int largestRecord;
  private final long most;
  private final Duration patience;
  private long bytes;
  private long held;

  private TransactionSize(int largestRecord, long most, Duration patience) {
    this.largestRecord = largestRecord;
    this.most = most;
    this.patience = patience;
    this.bytes = most;
  }

  /**
   * @param properties the producer's
   */
  static TransactionSize of(Map<String, Object> properties) {
    long largest = number(properties, "max.request.size", 1_048_576); // the producer's own default
    long buffer = number(properties, "buffer.memory", 33_554_432);
    // Half of the buffer, so that sending never waits for records that were sent before.
    return new TransactionSize(
        Math.toIntExact(largest),
        Math.max(1, Math.min(MOST, buffer / 2)),
        Duration.ofMillis(number(properties, "max.block.ms", 60_000)));
  }

  /** A number of a producer's properties. */
  static long number(Map<String, Object> properties, String name, long otherwise) {
    Object value = properties.get(name);
    return value == null ? otherwise : Long.parseLong(value.toString().strip());
  }

  /** The most bytes of one record, as the producer computes its size. */
  int largestRecord() {
    return largestRecord;
  }

  /** Begins a transaction. */
  void clear() {
    held = 0;
  }

  /**
   * Takes {@code size} more bytes if they fit, and gives whether they do; a first record always
   * fits.
   */
  boolean take(int size) {
    if (held > 0 && held + size > bytes) {
      return false;
    }
    held += size;
    return true;
  }

  /**
   * The transaction was committed after {@code took}; if that was quick, the next one may be
   * larger.
   */
  void committed(Duration took) {
    boolean full = held > bytes / 2;
    if (full && took.compareTo(patience.dividedBy(4)) < 0) {
      bytes = Math.min(most, 2 * bytes);
    }
  }

  /** The transaction timed out: the next ones are smaller. */
  void timedOut() {
    bytes = Math.min(most, Math.max(LEAST, Math.min(held, bytes) / 2));
  }
}
