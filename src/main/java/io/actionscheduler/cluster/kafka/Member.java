package io.actionscheduler.cluster.kafka;

import io.actionscheduler.cluster.Membership;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the group, from joining to leaving. It reads nothing: its partitions are paused.
 * Confined to one thread.
 */
final class Member implements ConsumerRebalanceListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);

  /** At most so long, the broker is asked to let this member go. */
  static final Duration TO_LEAVE = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TO_PROVE = Duration.ofSeconds(5);

  private final GroupSettings settings;
  private final Membership.Listener listener;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private Member(
      GroupSettings settings,
      Membership.Listener listener,
      KafkaConsumer<byte[], byte[]> consumer) {
    this.settings = settings;
    this.listener = listener;
    this.consumer = consumer;
  }

  static Member join(GroupSettings settings, Membership.Listener listener) {
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer());
    Member member = new Member(settings, listener, consumer);
    consumer.subscribe(List.of(settings.topic()), member);
    return member;
  }

  /** Takes part in what the group does; waits a moment. */
  void poll() {
    consumer.poll(POLL);
  }

  /**
   * Asks the broker whether this is still a member, by a commit: it is refused where it is none, in
   * both protocols. What is committed means nothing.
   *
   * @return false where there was no answer: it has to be asked again
   */
  boolean prove() {
    Set<TopicPartition> own = consumer.assignment();
    if (own.isEmpty()) {
      return true; // the next assignment is a fresh one
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    own.forEach(one -> offsets.put(one, new OffsetAndMetadata(0)));
    try {
      consumer.commitSync(offsets, TO_PROVE);
      listener.assigned(numbers(own));
      return true;
    } catch (CommitFailedException e) {
      LOG.debug("the group has put this member out; it hears of it in the next poll", e);
    } catch (RetriableException | RebalanceInProgressException e) {
      LOG.debug("no answer, or the group is giving out shards at this moment", e);
    }
    return false;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    // A position, so that the broker is not asked for one; and no records.
    added.forEach(one -> consumer.seek(one, 0));
    consumer.pause(added);
    listener.assigned(numbers(consumer.assignment()));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> some) {
    Set<Integer> numbers = numbers(some);
    if (numbers.isEmpty()) {
      return;
    }
    try {
      listener
          .revoked(numbers)
          .toCompletableFuture()
          .get(settings.toRelease().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "shards {} were not released within {} s; other processes may own them now",
          numbers,
          settings.toRelease().toSeconds());
      listener.lost(numbers);
    } catch (ExecutionException e) {
      LOG.error("shards {} could not be released", numbers, e.getCause());
      listener.lost(numbers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      listener.lost(numbers);
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> some) {
    if (!some.isEmpty()) {
      listener.lost(numbers(some));
    }
  }

  private static Set<Integer> numbers(Collection<TopicPartition> some) {
    return some.stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }

  /** Releases all shards, and leaves the group. */
  @Override
  public void close() {
    Set<Integer> had = numbers(consumer.assignment());
    try {
      consumer.close(CloseOptions.timeout(TO_LEAVE));
    } catch (KafkaException e) {
      LOG.debug("leaving the group failed", e);
    }
    if (!had.isEmpty()) {
      listener.lost(had); // of those that were revoked, nothing is here
    }
  }
}
