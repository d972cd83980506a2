package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Fire;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic with the scheduled time of each action up to which its fires are in Kafka. It
 * is written in the transactions of the fires, so both always agree.
 */
public final class ProgressTopic {
  private static final Logger log = LoggerFactory.getLogger(ProgressTopic.class);

  /** Only segments that are closed are compacted: with the defaults, gigabytes would never be. */
  private static final Map<String, String> COMPACTED =
      Map.of(
          "cleanup.policy",
          "compact",
          "segment.bytes",
          Integer.toString(16 << 20),
          "segment.ms",
          Long.toString(Duration.ofHours(1).toMillis()),
          "min.cleanable.dirty.ratio",
          "0.1");

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final String name;
  private final int partitions;
  private final Map<String, Object> connection;
  private final Duration patience;

  /**
   * @param partitions 1, or in a cluster the number of shards, each of which has its own partition
   * @param connection the connection properties of the producers; consumers understand most of them
   */
  public ProgressTopic(String name, int partitions, Map<String, Object> connection) {
    this.name = requireNonNull(name, "name is null");
    this.partitions = partitions;
    this.connection = requireNonNull(connection, "connection is null");
    this.patience = Duration.ofMillis(Long.parseLong(connection.get("max.block.ms").toString()));
  }

  String name() {
    return name;
  }

  /** The partition of a shard; 0 where there is only one. */
  ProgressPartition partition(int number) {
    return new ProgressPartition(this, number);
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
   * Creates the topic when it is missing. Refuses one that is not compacted or has another number
   * of partitions, as progress would be lost.
   */
  void prepare() throws InterruptedException {
    try (Admin admin = Admin.create(bounded())) { // closing waits for requests under way
      create(admin);
      String policy = known(() -> policy(admin));
      if (!policy.equals("compact")) {
        throw new KafkaException(
            "topic \""
                + name
                + "\" has cleanup.policy "
                + policy
                + " and would forget what was delivered; set it to compact");
      }
      int found = known(() -> count(admin));
      if (found != partitions) {
        throw new KafkaException(otherNumber(found));
      }
    }
  }

  /** A question about the topic. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** The answer once the broker that is asked knows the topic, which may just have been created. */
  private <T> T known(Question<T> question) throws InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      try {
        return question.ask();
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() - begun > patience.toNanos()) {
          throw e;
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    }
  }

  private String policy(Admin admin) throws InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return await(admin, admin.describeConfigs(List.of(topic)).all().toCompletionStage())
        .get(topic)
        .get("cleanup.policy")
        .value();
  }

  private String otherNumber(int found) {
    String wanted =
        partitions == 1
            ? "a scheduler without a cluster needs 1"
            : "this cluster needs " + partitions + ", one for each shard";
    return "topic \""
        + name
        + "\" has "
        + (found == 1 ? "1 partition" : found + " partitions")
        + ", and "
        + wanted
        + "; with another number, fires that are in Kafka already would be sent again. Start once"
        + " more with the settings that the topic was made with, stop every process with SIGTERM"
        + " (exit code 0: the store has all progress), delete the topic, and start with the new"
        + " settings, which create it with the right number";
  }

  /**
   * How many partitions the topic has; 0 where it does not exist or may not be read: without an
   * earlier run that sent exactly once, there is none.
   */
  int count() throws InterruptedException {
    try (Admin admin = Admin.create(bounded())) {
      return count(admin);
    } catch (UnknownTopicOrPartitionException
        | TopicAuthorizationException
        | InvalidTopicException e) { // a name that is too long is not that of a topic
      return 0;
    }
  }

  private int count(Admin admin) throws InterruptedException {
    return await(admin, admin.describeTopics(List.of(name)).allTopicNames().toCompletionStage())
        .get(name)
        .partitions()
        .size();
  }

  private void create(Admin admin) throws InterruptedException {
    try {
      create(admin, COMPACTED);
    } catch (PolicyViolationException | InvalidConfigurationException e) {
      log.info(
          "topic \"{}\" is created with cleanup.policy=compact alone, since the brokers refuse {}: {}",
          name,
          COMPACTED,
          e.getMessage());
      create(admin, Map.of("cleanup.policy", "compact"));
    }
  }

  private void create(Admin admin, Map<String, String> settings) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    try {
      await(admin, admin.createTopics(List.of(wanted)).all().toCompletionStage());
    } catch (TopicExistsException e) {
      // the usual case, except for the first start
    }
  }

  /** After an interrupt, closing {@code admin} does not wait for what is under way. */
  private <T> T await(Admin admin, CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer within " + patience.toSeconds() + " s", e);
    }
  }

  /**
   * The progress in committed transactions, by key, of each of these partitions. To be called only
   * after the previous owner of them was shut out, when it has no open transaction and cannot begin
   * one. Waits for transactions that other producers have open there: what was committed behind
   * their beginning is not readable before they end.
   *
   * @throws KafkaException when the topic cannot be read, and for a value that is not a time:
   *     ignoring it would double fires
   */
  Map<Integer, Map<String, Instant>> read(Set<Integer> numbers) throws InterruptedException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Admin admin = Admin.create(bounded())) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      numbers.forEach(one -> latest.put(new TopicPartition(name, one), OffsetSpec.latest()));
      // The end of what is committed would leave out what lies behind an open transaction.
      await(
              admin,
              admin
                  .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                  .all()
                  .toCompletionStage())
          .forEach((partition, end) -> ends.put(partition, end.offset()));
    }
    Map<Integer, Map<String, Instant>> settled = new HashMap<>();
    new ProgressReader(bounded(), patience)
        .read(ends)
        .forEach((partition, one) -> settled.put(partition.partition(), one));
    return settled;
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
