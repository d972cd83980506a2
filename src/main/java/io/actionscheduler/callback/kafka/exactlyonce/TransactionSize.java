package io.actionscheduler.callback.kafka.exactlyonce;

import java.time.Duration;
import java.util.Map;

/**
 * How many bytes one transaction holds: as many as the line to the brokers takes in time. What is
 * too much for it would else never be committed, however often it is sent.
 */
final class TransactionSize {
  /** A herd of 20,000 short commands; what is more gains nothing. */
  private static final long MOST = 16 << 20;

  /** A line that does not take this in time does not work at all. */
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
    // Half of the buffer: sending then never waits for what was sent before.
    return new TransactionSize(
        Math.toIntExact(largest),
        Math.max(1, Math.min(MOST, buffer / 2)),
        Duration.ofMillis(number(properties, "max.block.ms", 60_000)));
  }

  private static long number(Map<String, Object> properties, String name, long otherwise) {
    Object value = properties.get(name);
    return value == null ? otherwise : Long.parseLong(value.toString().strip());
  }

  /** The most bytes of one record, by the producer's own estimate. */
  int largestRecord() {
    return largestRecord;
  }

  /** A transaction begins. */
  void clear() {
    held = 0;
  }

  /**
   * Whether there is a place for {@code size} more bytes, which then is taken; for the first
   * always.
   */
  boolean take(int size) {
    if (held > 0 && held + size > bytes) {
      return false;
    }
    held += size;
    return true;
  }

  /**
   * The transaction was committed after {@code took}: with time to spare, the next may be larger.
   */
  void committed(Duration took) {
    boolean full = held > bytes / 2;
    if (full && took.compareTo(patience.dividedBy(4)) < 0) {
      bytes = Math.min(most, 2 * bytes);
    }
  }

  /** The transaction ran out of time. */
  void timedOut() {
    bytes = Math.min(most, Math.max(LEAST, Math.min(held, bytes) / 2));
  }
}
