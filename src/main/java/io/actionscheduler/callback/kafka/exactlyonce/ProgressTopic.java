package io.actionscheduler.callback.kafka.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Fire;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The compacted topic with the scheduled time of each action up to which its fires are in Kafka. It
 * is written in the transactions of the fires, so both always agree.
 */
public final class ProgressTopic {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int PARTITION = 0;

  private final String name;
  private final Map<String, Object> connection;
  private final Duration patience;

  /**
   * @param connection the connection properties of the producers; consumers understand most of them
   */
  public ProgressTopic(String name, Map<String, Object> connection) {
    this.name = requireNonNull(name, "name is null");
    this.connection = requireNonNull(connection, "connection is null");
    this.patience = Duration.ofMillis(Long.parseLong(connection.get("max.block.ms").toString()));
  }

  String name() {
    return name;
  }

  /** The record that says that {@code delivery} is in Kafka; empty where there is none for it. */
  Optional<ProducerRecord<byte[], byte[]>> settled(Delivery delivery) {
    return key(delivery)
        .map(
            key ->
                new ProducerRecord<>(
                    name,
                    PARTITION,
                    key.getBytes(UTF_8),
                    delivery.fire().scheduledAt().toString().getBytes(UTF_8)));
  }

  /**
   * What progress is kept by: the action, whose fires come one after the other; where they may
   * overlap, the fire itself; nothing for a fire by hand, nor for a dead letter: it is older than
   * what the action itself delivers here, and would take its progress back.
   */
  static Optional<String> key(Delivery delivery) {
    Fire fire = delivery.fire();
    if (!fire.request().isEmpty() || delivery.deadLetter()) {
      return Optional.empty();
    }
    return fire.action().policy().overlap() == Overlap.ALLOW
        ? Optional.of(fire.id().toString())
        : Optional.of(fire.action().id().text());
  }

  static boolean keeps(Delivery delivery) {
    return key(delivery).isPresent();
  }

  /**
   * Creates the topic when it is missing, and refuses one that is not compacted, as it would lose
   * progress.
   */
  void prepare() throws InterruptedException {
    Map<String, Object> properties = bounded();
    try (Admin admin = Admin.create(properties)) { // closing waits for requests under way
      create(admin);
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
      String policy =
          await(admin.describeConfigs(List.of(topic)).all().toCompletionStage())
              .get(topic)
              .get("cleanup.policy")
              .value();
      if (!policy.equals("compact")) {
        throw new KafkaException(
            "topic \""
                + name
                + "\" has cleanup.policy "
                + policy
                + " and would forget what was delivered; set it to compact");
      }
    }
  }

  /**
   * Whether the topic exists and may be read; without an earlier run that sent exactly once, there
   * is none.
   */
  boolean exists() throws InterruptedException {
    try (Admin admin = Admin.create(bounded())) {
      await(admin.describeTopics(List.of(name)).allTopicNames().toCompletionStage());
      return true;
    } catch (UnknownTopicOrPartitionException
        | TopicAuthorizationException
        | InvalidTopicException e) { // a name that is too long is not that of a topic
      return false;
    }
  }

  private void create(Admin admin) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(name, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try {
      await(admin.createTopics(List.of(wanted)).all().toCompletionStage());
    } catch (TopicExistsException e) {
      // the usual case, except for the first start
    }
  }

  private <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer within " + patience.toSeconds() + " s", e);
    }
  }

  /**
   * The progress in committed transactions, by key. To be called only after the previous owner was
   * fenced, when it has no open transaction and cannot begin one.
   *
   * @throws KafkaException when the topic cannot be read, and for a value that is not a time:
   *     ignoring it would double fires
   */
  Map<String, Instant> read() {
    Map<String, Object> properties = bounded();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    Map<String, Instant> settled = new HashMap<>();
    Map<String, String> unreadable = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(name, PARTITION);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long stalledAt = System.nanoTime();
      while (consumer.position(partition) < end) {
        var records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          take(record, settled, unreadable);
        }
        if (!records.isEmpty()) {
          stalledAt = System.nanoTime();
        } else if (System.nanoTime() - stalledAt > patience.toNanos()) {
          throw new org.apache.kafka.common.errors.TimeoutException(
              "topic \"" + name + "\" could not be read to its end");
        }
      }
    }
    if (!unreadable.isEmpty()) {
      throw new KafkaException(unreadable.values().iterator().next());
    }
    return settled;
  }

  /** The last record of a key counts, so a wrong record can be corrected by another one. */
  private void take(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, Instant> settled,
      Map<String, String> unreadable) {
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
      unreadable.put(key, unreadable(record.offset(), key, value));
    }
  }

  private String unreadable(long offset, String key, String value) {
    return "topic \""
        + name
        + "\", offset "
        + offset
        + ", key \""
        + key
        + "\": \""
        + value.substring(0, Math.min(value.length(), 100))
        + "\" is not a time; write a record of this key with the time up to which its fires are"
        + " delivered, such as 2026-11-20T10:00:00Z, or with no value where none is";
  }

  /** The properties for the connection, with no wait longer than those of a producer. */
  private Map<String, Object> bounded() {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.keySet().removeIf(key -> key.startsWith("transaction"));
    properties.put("default.api.timeout.ms", (int) patience.toMillis());
    properties.put("request.timeout.ms", (int) patience.toMillis());
    return properties;
  }
}
