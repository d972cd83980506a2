package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.kafka.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer of transactions that has shut out the previous one with its id, and knows what was
 * committed until then. When it is unknown whether a transaction was committed, it is closed, and a
 * new one finds out.
 */
final class Transactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private final Producer<byte[], byte[]> producer;
  private final ProgressPartition progress;
  private final Map<String, Instant> settled;
  private boolean committing;

  /**
   * @param settled what earlier owners committed; this object changes it
   */
  Transactions(
      Producer<byte[], byte[]> producer, ProgressPartition progress, Map<String, Instant> settled) {
    this.producer = producer;
    this.progress = progress;
    this.settled = settled;
  }

  /** Shuts out the previous owner, ends its open transaction, and reads what it committed. */
  static Transactions begin(ExclusiveProducers exclusive, ProgressPartition progress)
      throws InterruptedException {
    requireNonNull(progress, "progress is null");
    Producer<byte[], byte[]> producer = exclusive.producer();
    try {
      return new Transactions(producer, progress, progress.read());
    } catch (RuntimeException | Error | InterruptedException e) {
      letGo(producer);
      throw e;
    }
  }

  /** A copy of what earlier owners committed, without actions that have later fires by now. */
  Map<String, Instant> settled() {
    return new HashMap<>(settled);
  }

  /** Whether an earlier transaction delivered this fire. */
  boolean isSettled(Delivery delivery) {
    return ProgressTopic.key(delivery)
        .map(settled::get)
        .map(until -> !delivery.fire().scheduledAt().isAfter(until))
        .orElse(false);
  }

  /**
   * Whether these fires, which were sent in one transaction, are the last ones that were committed:
   * either all are, or none.
   */
  boolean brought(List<Delivery> sent) {
    List<Delivery> kept = sent.stream().filter(ProgressTopic::keeps).toList();
    return !kept.isEmpty()
        && kept.stream()
            .allMatch(
                delivery ->
                    ProgressTopic.key(delivery)
                        .map(settled::get)
                        .equals(Optional.of(delivery.fire().scheduledAt())));
  }

  /**
   * Commits as many of the pending fires as fit, with their progress. Reports those that are in
   * Kafka already, and those that will never be accepted.
   *
   * @throws TooLarge when the brokers do not accept a record because of its size; the transaction
   *     was aborted
   */
  void commit(UnreportedBatch pending, Records.Batch made, TransactionSize room) throws TooLarge {
    // The first failure is the cause: the producer then fails all further records of the
    // transaction with the same error.
    AtomicReference<Failure> first = new AtomicReference<>();
    committing = false;
    producer.beginTransaction();
    try {
      send(pending, made, room, first);
      if (first.get() != null) { // a part of the records must not count as all of them
        throw first.get().asItIs();
      }
      committing = true;
      producer.commitTransaction();
    } catch (KafkaException e) { // one refused record aborts its whole transaction
      if (first.get() == null || !first.get().isTooLarge()) {
        throw e;
      }
      producer.abortTransaction();
      throw new TooLarge(first.get());
    }
    // From now on the engine knows the progress of these actions.
    pending.sent().forEach(delivery -> ProgressTopic.key(delivery).ifPresent(settled::remove));
  }

  /** Whether the last transaction had begun to commit, and so may be committed. */
  boolean wasCommitting() {
    return committing;
  }

  /**
   * Makes each record just before it is sent: all records of many large commands would not fit into
   * the heap.
   */
  private void send(
      UnreportedBatch pending,
      Records.Batch made,
      TransactionSize room,
      AtomicReference<Failure> first) {
    room.clear();
    Optional<Delivery> next = pending.next();
    // Nothing is sent after a failure: without metadata of the topic, each further record would
    // wait for max.block.ms.
    while (next.isPresent() && first.get() == null) {
      Delivery delivery = next.get();
      if (isSettled(delivery)) {
        pending.nextIsDelivered();
      } else {
        ProducerRecord<byte[], byte[]> record = made.of(delivery);
        int size = Records.size(record);
        if (size > room.largestRecord()) { // if it were sent, it would abort the transaction
          pending.nextFailed(tooLarge(record.topic(), size, room.largestRecord()));
        } else if (room.take(size)) {
          Callback noted = new Noted(pending.send(), first);
          producer.send(record, noted);
          progress.settled(delivery).ifPresent(settling -> producer.send(settling, noted));
        } else {
          return;
        }
      }
      next = pending.next();
    }
  }

  private static CallbackException tooLarge(String topic, int size, int largest) {
    return CallbackException.permanent(
        "topic \""
            + topic
            + "\": the record has "
            + size
            + " bytes, max.request.size is "
            + largest
            + "; raise properties.max.request.size, and the topic's max.message.bytes",
        null);
  }

  /** The failure of the record at {@code place} of the batch, or of its progress. */
  private record Failure(int place, Exception cause) {
    boolean isTooLarge() {
      return cause instanceof RecordTooLargeException;
    }

    /** Does not wrap a KafkaException, which may say that there is another owner. */
    KafkaException asItIs() {
      return cause instanceof KafkaException own ? own : new KafkaException(cause);
    }
  }

  /** Notes the first failure of a transaction. */
  private record Noted(int place, AtomicReference<Failure> first) implements Callback {
    @Override
    public void onCompletion(RecordMetadata metadata, Exception e) {
      if (e != null) {
        first.compareAndSet(null, new Failure(place, e));
      }
    }
  }

  /** A record that is larger than the brokers take. */
  static final class TooLarge extends Exception {
    private final int place;

    private TooLarge(Failure failure) {
      super(failure.cause().getMessage(), failure.cause());
      this.place = failure.place();
    }

    int place() {
      return place;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  /** Closes without waiting: the next producer with this id ends the open transaction. */
  void abandon() {
    letGo(producer);
  }

  static void letGo(Producer<byte[], byte[]> producer) {
    boolean interrupted = Thread.interrupted(); // closing throws while the interrupt flag is set
    try {
      producer.close(Duration.ZERO);
    } catch (KafkaException e) {
      log.debug("a producer did not close", e); // the failure that led here is reported already
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
