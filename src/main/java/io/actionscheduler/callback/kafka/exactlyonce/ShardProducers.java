package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.HeldShards;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;

/**
 * The producers of shards: each has a transactional id of its own, so that the process which takes
 * over a shard shuts out the producer of that shard and no other.
 */
final class ShardProducers implements AutoCloseable {
  private final TakeOver takeOver;
  private final ProgressTopic progress;
  private final HeldShards shards;
  private final SideBySide threads;
  private final Map<Integer, Transactions> ready = new ConcurrentHashMap<>();

  /**
   * @param takeOver as for a single producer
   */
  ShardProducers(TakeOver takeOver, ProgressTopic progress, HeldShards shards, SideBySide threads) {
    this.takeOver = requireNonNull(takeOver, "takeOver is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.shards = requireNonNull(shards, "shards is null");
    this.threads = requireNonNull(threads, "threads is null");
  }

  /**
   * Makes the producer of each shard, which shuts out its predecessor, and then reads the progress
   * of all shards at once. {@link #open} gives them out.
   *
   * @throws org.apache.kafka.common.KafkaException when that is not possible or permitted now; then
   *     none is left open
   */
  void openAll() throws InterruptedException {
    Set<Integer> all = shards.numbers();
    Map<Integer, Producer<byte[], byte[]>> made = new ConcurrentHashMap<>();
    progress.prepare();
    try {
      threads.each(all, shard -> made.put(shard, of(shard).producer()), shard -> {});
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
    return made != null ? made : Transactions.begin(of(shard), progress.partition(shard));
  }

  /**
   * A process that was given up must not shut out the one that has the shard now: that one takes
   * the token first, so a token that is still in force proves that there is none.
   */
  private TakeOver of(int shard) {
    return new TakeOver(
        properties(shard),
        () -> takeOver.permitted().getAsBoolean() && shards.inForce().test(shard));
  }

  /** Those of one producer, with its share of the memory. */
  Map<String, Object> properties(int shard) {
    Map<String, Object> own = new HashMap<>(takeOver.ofShard(shard).properties());
    long batch = Math.min(number(own, "batch.size", 16_384), 65_536);
    long least = number(own, "max.request.size", 1_048_576) + batch;
    long share = number(own, "buffer.memory", 33_554_432) / shards.numbers().size();
    own.put("batch.size", Long.toString(batch));
    own.put("buffer.memory", Long.toString(Math.max(least, share)));
    return own;
  }

  private static long number(Map<String, Object> properties, String name, long otherwise) {
    Object value = properties.get(name);
    return value == null ? otherwise : Long.parseLong(value.toString().strip());
  }

  /** Closes those that were not given out. */
  @Override
  public void close() {
    ready.values().forEach(Transactions::close);
    ready.clear();
  }
}
