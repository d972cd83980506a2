package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.ShardsToSend;
import io.actionscheduler.concurrent.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The producers of shards: each has a transactional id of its own, so that the process which takes
 * over a shard shuts out the producer of that shard and no other.
 */
final class ShardProducers implements AutoCloseable {
  /** After an outage, all shards make new producers at about the same time. */
  private static final Duration PREPARED_FOR = Duration.ofSeconds(10);

  private final ExclusiveProducers exclusive;
  private final ProgressTopic progress;
  private final ShardsToSend shards;
  private final ConcurrentWork threads;
  private final Map<Integer, Transactions> ready = new ConcurrentHashMap<>();
  private final ReentrantLock preparing = new ReentrantLock();
  private OptionalLong preparedAt = OptionalLong.empty(); // System.nanoTime()

  /**
   * @param exclusive as for a single producer
   */
  ShardProducers(
      ExclusiveProducers exclusive,
      ProgressTopic progress,
      ShardsToSend shards,
      ConcurrentWork threads) {
    this.exclusive = requireNonNull(exclusive, "exclusive is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.shards = requireNonNull(shards, "shards is null");
    this.threads = requireNonNull(threads, "threads is null");
  }

  /**
   * Makes the producer of each shard, which shuts out its predecessor, and then reads the progress
   * of all shards at once. {@link #open} gives them out.
   *
   * @throws KafkaException when that is not possible or permitted now; then none is left open
   */
  void openAll() throws InterruptedException {
    Set<Integer> all = shards.numbers();
    Map<Integer, Producer<byte[], byte[]>> made = new ConcurrentHashMap<>();
    Set<Integer> without = new TreeSet<>();
    prepare();
    try {
      threads.each(all, shard -> made.put(shard, of(shard).producer()), without::add);
      if (!without.isEmpty()) {
        throw new KafkaException("closed");
      }
      Map<Integer, Map<String, Instant>> settled = progress.read(all); // after they are shut out
      for (int shard : all) {
        ready.put(
            shard,
            new Transactions(made.remove(shard), progress.partition(shard), settled.get(shard)));
      }
    } finally {
      made.values().forEach(Transactions::letGo);
    }
  }

  /** What was made for the shard already, or a new producer which shuts out its predecessor. */
  Transactions open(int shard) throws InterruptedException {
    Transactions made = ready.remove(shard);
    if (made != null) {
      return made;
    }
    prepare();
    return Transactions.begin(of(shard), progress.partition(shard));
  }

  /** Looks at the topic, unless that was done just now: one look is enough for all shards. */
  private void prepare() throws InterruptedException {
    preparing.lockInterruptibly();
    try {
      long now = System.nanoTime();
      if (preparedAt.isEmpty() || now - preparedAt.getAsLong() > PREPARED_FOR.toNanos()) {
        progress.prepare();
        preparedAt = OptionalLong.of(System.nanoTime());
      }
    } finally {
      preparing.unlock();
    }
  }

  /**
   * A process that was given up must not shut out the one that has the shard now: that one takes
   * the token first, so a token that is still in force proves that there is none.
   */
  private ExclusiveProducers of(int shard) {
    return new ExclusiveProducers(properties(shard), exclusive.permitted())
        .whileInForce(shards, Set.of(shard));
  }

  /** Those of one producer, with its share of the memory. */
  Map<String, Object> properties(int shard) {
    Map<String, Object> own = new HashMap<>(exclusive.ofShard(shard).properties());
    long batch = Math.min(TransactionSize.number(own, "batch.size", 16_384), 65_536);
    long least = TransactionSize.number(own, "max.request.size", 1_048_576) + batch;
    long buffer = TransactionSize.number(own, "buffer.memory", 33_554_432);
    long share = buffer / shards.numbers().size();
    own.put("batch.size", Long.toString(batch));
    own.put("buffer.memory", Long.toString(Math.max(least, share)));
    return own;
  }

  /** Closes those that were not given out, all of them, even where one of them fails to close. */
  @Override
  public void close() {
    Failures failures = new Failures();
    for (int shard : shards.numbers()) {
      Optional.ofNullable(ready.remove(shard)).ifPresent(one -> failures.attempt(one::close));
    }
    failures.rethrow();
  }
}
