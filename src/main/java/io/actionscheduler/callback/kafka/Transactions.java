package io.actionscheduler.callback.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer of transactions that has fenced whoever had its id before, and knows what was
 * committed until then. After any doubt it is closed, and a fresh one finds out what became true.
 */
final class Transactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private final Producer<byte[], byte[]> producer;
  private final ProgressTopic progress;
  private final Map<String, Instant> settled;

  /**
   * @param settled what earlier owners committed; changed here
   */
  Transactions(
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
    } catch (RuntimeException | Error e) {
      letGo(producer);
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
    // The first failure is the cause: the producer then fails whatever it has not sent yet of the
    // transaction with the same error.
    AtomicReference<Failure> first = new AtomicReference<>();
    producer.beginTransaction();
    try {
      // Nothing after a failure: without metadata of the topic, each further record would wait for
      // max.block.ms in turn.
      for (int i = 0; i < records.size() && first.get() == null; i++) {
        Callback noted = new Noted(i, first);
        producer.send(records.get(i), noted);
        progress.settled(deliveries.get(i)).ifPresent(record -> producer.send(record, noted));
      }
      if (first.get() != null) { // a part of the records may not pass for all of them
        throw first.get().asItIs();
      }
      producer.commitTransaction();
    } catch (KafkaException e) { // one refused record spoils its whole transaction
      if (first.get() == null || !first.get().isTooLarge()) {
        throw e;
      }
      producer.abortTransaction();
      throw new TooLarge(first.get());
    }
    // From now on the progress of these is known to whoever delivers them here.
    deliveries.forEach(delivery -> ProgressTopic.key(delivery.fire()).ifPresent(settled::remove));
  }

  /** What became of the record at {@code index}, or of its progress. */
  private record Failure(int index, Exception cause) {
    boolean isTooLarge() {
      return cause instanceof RecordTooLargeException;
    }

    /** Not wrapped where it need not be: it may tell of another owner. */
    KafkaException asItIs() {
      return cause instanceof KafkaException own ? own : new KafkaException(cause);
    }
  }

  /** Notes the first failure of a transaction. */
  private record Noted(int index, AtomicReference<Failure> first) implements Callback {
    @Override
    public void onCompletion(RecordMetadata metadata, Exception e) {
      if (e != null) {
        first.compareAndSet(null, new Failure(index, e));
      }
    }
  }

  /** A record that is larger than the brokers take. */
  static final class TooLarge extends Exception {
    private final int index;

    private TooLarge(Failure failure) {
      super(failure.cause().getMessage(), failure.cause());
      this.index = failure.index();
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
    letGo(producer);
  }

  private static void letGo(Producer<byte[], byte[]> producer) {
    boolean interrupted = Thread.interrupted(); // with the flag set, closing only throws
    try {
      producer.close(Duration.ZERO);
    } catch (KafkaException e) {
      log.debug("a producer did not close", e); // what it was for failed before, and is told
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
