package io.actionscheduler.cluster.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic whose partitions stand for the shards. It carries no records. */
final class ShardTopic {
  private static final int LOOKS = 100;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final GroupSettings settings;
  private final int shards;

  ShardTopic(GroupSettings settings, int shards) {
    this.settings = settings;
    this.shards = shards;
  }

  /**
   * Makes the topic if there is none.
   *
   * @throws WrongTopic when it has another number of partitions than there are shards
   * @throws KafkaException when the brokers cannot be reached, or refuse it
   */
  void ensure() throws WrongTopic, InterruptedException {
    try (Admin admin = Admin.create(settings.admin())) {
      for (int i = 0; i < LOOKS; i++) {
        Optional<Integer> found = partitions(admin);
        if (found.isPresent()) {
          check(found.get());
          return;
        }
        if (make(admin)) {
          return;
        }
        // Another process has just made it, and this broker does not know its size yet.
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    }
    throw new KafkaException(
        "topic " + settings.topic() + " exists, but the broker does not report its partitions");
  }

  private void check(int partitions) throws WrongTopic {
    if (partitions != shards) {
      throw new WrongTopic(
          ("topic %s has %d partitions, but the database has %d shards; stop all processes of the"
                  + " cluster and delete the topic; the next process that starts creates it")
              .formatted(settings.topic(), partitions, shards));
    }
  }

  private Optional<Integer> partitions(Admin admin) throws InterruptedException {
    String topic = settings.topic();
    try {
      TopicDescription found =
          admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
      return Optional.of(found.partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw cause(e);
    }
  }

  /** Makes it; false where it is there already. */
  private boolean make(Admin admin) throws InterruptedException {
    // Replicated as the brokers do by default. Should a record ever come here, it goes soon.
    NewTopic topic =
        new NewTopic(settings.topic(), Optional.of(shards), Optional.empty())
            .configs(Map.of("retention.ms", "3600000"));
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw cause(e);
    }
  }

  private static KafkaException cause(ExecutionException e) {
    return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
  }

  /** The topic is there, and does not fit. */
  static final class WrongTopic extends Exception {
    WrongTopic(String message) {
      super(message);
    }
  }
}
