package io.actionscheduler.callback.kafka.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.Delivery;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The part of the progress that one producer writes.
 *
 * @param number of the partition, from 0
 */
record ProgressPartition(ProgressTopic topic, int number) {
  ProgressPartition {
    requireNonNull(topic, "topic is null");
  }

  /** The record that says that {@code delivery} is in Kafka; empty where there is none for it. */
  Optional<ProducerRecord<byte[], byte[]>> settled(Delivery delivery) {
    return ProgressTopic.key(delivery)
        .map(
            key ->
                new ProducerRecord<>(
                    topic.name(),
                    number,
                    key.getBytes(UTF_8),
                    delivery.fire().scheduledAt().toString().getBytes(UTF_8)));
  }

  /** The progress in it, by key: see {@link ProgressTopic#read}. */
  Map<String, Instant> read() throws InterruptedException {
    return topic.read(Set.of(number)).get(number);
  }
}
