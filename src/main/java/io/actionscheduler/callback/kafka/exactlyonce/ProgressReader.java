package io.actionscheduler.callback.kafka.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads partitions of a progress topic from their beginning to a given end. */
final class ProgressReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> properties;
  private final Duration patience;

  /**
   * @param connection properties for the connection
   * @param patience how long it may take until the next records come
   */
  ProgressReader(Map<String, Object> connection, Duration patience) {
    this.properties = new HashMap<>(connection);
    this.patience = requireNonNull(patience, "patience is null");
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
  }

  /**
   * The progress in committed transactions, by key, of each partition.
   *
   * @param ends the offsets up to which each one is read
   * @throws KafkaException when the topic cannot be read, and for a value that is not a time:
   *     ignoring it would double fires
   */
  Map<TopicPartition, Map<String, Instant>> read(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Part> parts = new HashMap<>();
    ends.keySet().forEach(one -> parts.put(one, new Part()));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long stalledAt = System.nanoTime();
      List<TopicPartition> left = left(consumer, ends.keySet(), ends);
      while (!left.isEmpty()) {
        var records = consumer.poll(POLL);
        records.forEach(
            record ->
                parts.get(new TopicPartition(record.topic(), record.partition())).take(record));
        int before = left.size();
        left = left(consumer, left, ends);
        if (!records.isEmpty() || left.size() < before) {
          stalledAt = System.nanoTime();
        } else if (System.nanoTime() - stalledAt > patience.toNanos()) {
          throw unfinished(consumer, left.get(0), ends);
        }
      }
    }
    Map<TopicPartition, Map<String, Instant>> settled = new HashMap<>();
    parts.forEach((partition, part) -> settled.put(partition, part.settled()));
    return settled;
  }

  private static List<TopicPartition> left(
      KafkaConsumer<?, ?> consumer, Collection<TopicPartition> of, Map<TopicPartition, Long> ends) {
    return of.stream().filter(one -> consumer.position(one) < ends.get(one)).toList();
  }

  private static KafkaException unfinished(
      KafkaConsumer<?, ?> consumer, TopicPartition at, Map<TopicPartition, Long> ends) {
    return new TimeoutException(
        "topic \""
            + at.topic()
            + "\", partition "
            + at.partition()
            + " could not be read to its end, only to offset "
            + consumer.position(at)
            + " of "
            + ends.get(at)
            + ": if the brokers are available, a transaction of another producer is open there; it"
            + " ends by itself after that producer's transaction.timeout.ms, or with"
            + " kafka-transactions.sh abort");
  }

  /** What one partition says. */
  private static final class Part {
    private final Map<String, Instant> settled = new HashMap<>();
    private final Map<String, String> unreadable = new HashMap<>();

    /** The last record of a key counts, so a wrong record can be corrected by another one. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
      if (record.key() == null) {
        return; // it does not belong to an action
      }
      String key = new String(record.key(), UTF_8);
      settled.remove(key);
      unreadable.remove(key);
      if (record.value() == null) {
        return; // removed; compaction has not deleted the record yet
      }
      String value = new String(record.value(), UTF_8);
      try {
        settled.put(key, Instant.parse(value));
      } catch (DateTimeParseException e) {
        unreadable.put(key, unreadable(record, key, value));
      }
    }

    private static String unreadable(ConsumerRecord<?, ?> record, String key, String value) {
      return "topic \""
          + record.topic()
          + (record.partition() == 0 ? "\"" : "\", partition " + record.partition())
          + ", offset "
          + record.offset()
          + ", key \""
          + key
          + "\": \""
          + value.substring(0, Math.min(value.length(), 100))
          + "\" is not a time; write a record of this key with the time up to which its fires are"
          + " delivered, such as 2026-11-20T10:00:00Z, or with no value where none is";
    }

    private Map<String, Instant> settled() {
      if (!unreadable.isEmpty()) {
        throw new KafkaException(unreadable.values().iterator().next());
      }
      return settled;
    }
  }
}
