package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * A producer of transactions that has fenced whoever had its id before, and knows what was
 * committed until then. After any doubt it is closed, and a fresh one finds out what became true.
 */
final class Transactions implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final ProgressTopic progress;
  private final Map<String, Instant> settled;
  private volatile TooLarge tooLarge; // null for none

  private Transactions(
      Producer<byte[], byte[]> producer, ProgressTopic progress, Map<String, Instant> settled) {
    this.producer = producer;
    this.progress = progress;
    this.settled = settled;
  }

  /** Fences the owner before, ends its open transaction, and reads what it committed. */
  static Transactions begin(Map<String, Object> properties, ProgressTopic progress)
      throws InterruptedException {
    requireNonNull(progress, "progress is null");
    progress.prepare();
    Producer<byte[], byte[]> producer = new KafkaProducer<>(properties);
    try {
      producer.initTransactions();
      return new Transactions(producer, progress, progress.read());
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** What earlier owners committed, as far as it was not delivered anew: a copy. */
  Map<String, Instant> settled() {
    return new HashMap<>(settled);
  }

  /** Whether an earlier transaction brought this fire. */
  boolean isSettled(Delivery delivery) {
    return ProgressTopic.key(delivery.fire())
        .map(settled::get)
        .map(until -> !delivery.fire().scheduledAt().isAfter(until))
        .orElse(false);
  }

  /**
   * Brings all of these in one transaction, with the progress that they make.
   *
   * @throws TooLarge for a record that will never be taken; the transaction was aborted
   */
  void commit(List<ProducerRecord<byte[], byte[]>> records, List<Delivery> deliveries)
      throws TooLarge {
    tooLarge = null;
    producer.beginTransaction();
    try {
      for (int i = 0; i < records.size(); i++) {
        producer.send(records.get(i), new Refusal(i));
        progress.settled(deliveries.get(i)).ifPresent(producer::send);
      }
      producer.commitTransaction();
    } catch (KafkaException e) { // one refused record spoils its whole transaction
      if (tooLarge == null) {
        throw e;
      }
      producer.abortTransaction();
      throw tooLarge;
    }
    // From now on the progress of these is known to whoever delivers them here.
    deliveries.forEach(delivery -> ProgressTopic.key(delivery.fire()).ifPresent(settled::remove));
  }

  /** Notes a record that the producer or the broker refuses for its size. */
  private final class Refusal implements Callback {
    private final int index;

    private Refusal(int index) {
      this.index = index;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception e) {
      if (e instanceof RecordTooLargeException) {
        tooLarge = new TooLarge(index, e);
      }
    }
  }

  /** A record that is larger than the brokers take. */
  static final class TooLarge extends Exception {
    private final int index;

    private TooLarge(int index, Exception cause) {
      super(cause.getMessage(), cause);
      this.index = index;
    }

    int index() {
      return index;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  /** Lets go at once: what is open is ended by whoever has this id next. */
  void abandon() {
    producer.close(Duration.ZERO);
  }
}
