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
 * A producer of transactions that has fenced whoever had its id before, and knows what was
 * committed until then. After any doubt it is closed, and a fresh one finds out what became true.
 */
final class Transactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private final Producer<byte[], byte[]> producer;
  private final ProgressTopic progress;
  private final Map<String, Instant> settled;
  private boolean committing;

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
  static Transactions begin(TakeOver takeOver, ProgressTopic progress) throws InterruptedException {
    requireNonNull(progress, "progress is null");
    progress.prepare();
    Producer<byte[], byte[]> producer = takeOver.producer();
    try {
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
    return ProgressTopic.key(delivery)
        .map(settled::get)
        .map(until -> !delivery.fire().scheduledAt().isAfter(until))
        .orElse(false);
  }

  /** Whether these, which were sent in one transaction, are the last that came: all or none are. */
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
   * Brings as many of what is pending as there is room for, with the progress that they make;
   * reports those that are there already, and those that will never be taken.
   *
   * @throws TooLarge for a record that the brokers do not take; the transaction was aborted
   */
  void commit(UnreportedBatch pending, Records.Batch made, TransactionSize room) throws TooLarge {
    // The first failure is the cause: the producer then fails whatever it has not sent yet of the
    // transaction with the same error.
    AtomicReference<Failure> first = new AtomicReference<>();
    committing = false;
    producer.beginTransaction();
    try {
      send(pending, made, room, first);
      if (first.get() != null) { // a part of the records may not pass for all of them
        throw first.get().asItIs();
      }
      committing = true;
      producer.commitTransaction();
    } catch (KafkaException e) { // one refused record spoils its whole transaction
      if (first.get() == null || !first.get().isTooLarge()) {
        throw e;
      }
      producer.abortTransaction();
      throw new TooLarge(first.get());
    }
    // From now on the progress of these is known to whoever delivers them here.
    pending.sent().forEach(delivery -> ProgressTopic.key(delivery).ifPresent(settled::remove));
  }

  /** Whether the last transaction got as far as its commit, which may have come true. */
  boolean wasCommitting() {
    return committing;
  }

  /** Each record is made as it is sent: all of a herd of large commands would not fit the heap. */
  private void send(
      UnreportedBatch pending,
      Records.Batch made,
      TransactionSize room,
      AtomicReference<Failure> first) {
    room.clear();
    Optional<Delivery> next = pending.next();
    // Nothing after a failure: without metadata of the topic, each further record would wait for
    // max.block.ms in turn.
    while (next.isPresent() && first.get() == null) {
      Delivery delivery = next.get();
      if (isSettled(delivery)) {
        pending.nextIsDelivered();
      } else {
        ProducerRecord<byte[], byte[]> record = made.of(delivery);
        int size = Records.size(record);
        if (size > room.largestRecord()) { // sent, it would spoil the transaction
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

  /** What became of the record at {@code place} of the batch, or of its progress. */
  private record Failure(int place, Exception cause) {
    boolean isTooLarge() {
      return cause instanceof RecordTooLargeException;
    }

    /** Not wrapped where it need not be: it may tell of another owner. */
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

  /** Lets go at once: what is open is ended by whoever has this id next. */
  void abandon() {
    letGo(producer);
  }

  static void letGo(Producer<byte[], byte[]> producer) {
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
