package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import io.actionscheduler.callback.kafka.KafkaErrors;
import io.actionscheduler.callback.kafka.Records;
import io.actionscheduler.cluster.ShardsToSend;
import io.actionscheduler.concurrent.Failures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends exactly once in a cluster: the fires of each shard in transactions of their own, whose
 * producer the next owner of the shard shuts out. Which process sends for a shard is so decided by
 * the brokers, even if the group or the database is wrong about it.
 */
public final class ShardedCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(ShardedCallback.class);

  private final ShardsToSend shards;
  private final ShardProducers producers;
  private final Map<Integer, ExactlyOnceCallback> byShard = new HashMap<>();
  private final ConcurrentWork threads = new ConcurrentWork();
  private final Openings openings = new Openings();
  private final String target;
  private final ReentrantLock one = new ReentrantLock();
  private boolean opened;

  /**
   * Connects to nothing yet.
   *
   * @param exclusive has the transactional id to which each shard adds its number
   * @param progress has a partition for each shard
   */
  public ShardedCallback(
      ExclusiveProducers exclusive, ProgressTopic progress, Records records, ShardsToSend shards) {
    this.shards = requireNonNull(shards, "shards is null");
    this.producers = new ShardProducers(exclusive, progress, shards, threads);
    this.target =
        "kafka "
            + exclusive.properties().get("bootstrap.servers")
            + ", topic \""
            + records.topic()
            + "\"";
    for (int shard : shards.numbers()) {
      byShard.put(
          shard,
          new ExactlyOnceCallback(
              producers.properties(shard),
              () -> producers.open(shard),
              records,
              message -> shards.shutOut().accept(shard, message)));
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    try {
      open();
    } catch (CallbackException e) {
      if (!openings.areStopped()) {
        log.warn("{}; until then, fires wait", e.getMessage());
      }
    }
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    open();
    Map<Integer, Recollection> each = new HashMap<>();
    for (Map.Entry<Integer, ExactlyOnceCallback> shard : byShard.entrySet()) {
      each.put(shard.getKey(), shard.getValue().recall());
    }
    return action ->
        Optional.ofNullable(each.get(shards.own().arithmetic().of(action)))
            .flatMap(shard -> shard.settledUntil(action));
  }

  /** Shuts out all predecessors at once, the first time. */
  private void open() throws CallbackException, InterruptedException {
    one.lockInterruptibly();
    try {
      if (!opened) {
        openings.open(
            () -> {
              producers.openAll();
              return producers;
            });
        opened = true;
      }
    } catch (KafkaException e) {
      throw CallbackException.unavailable(target + ": " + KafkaErrors.reason(e), e);
    } finally {
      one.unlock();
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    try {
      open(); // a later opening would shut out what is sent here
    } catch (CallbackException e) {
      for (int i = 0; i < batch.size(); i++) {
        report.failed(i, e);
      }
      return;
    }
    Map<Integer, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < batch.size(); i++) {
      int shard = shards.own().arithmetic().of(batch.get(i).action().id());
      places.computeIfAbsent(shard, any -> new ArrayList<>()).add(i);
    }
    threads.each(
        places.entrySet(),
        part -> deliver(part.getKey(), batch, new PartOfBatch(part.getValue(), report)),
        part ->
            new PartOfBatch(part.getValue(), report)
                .allFailed(CallbackException.unavailable(target + ": stopped", null)));
  }

  private void deliver(int shard, List<Delivery> batch, PartOfBatch part)
      throws InterruptedException {
    ExactlyOnceCallback sender = byShard.get(shard);
    if (sender == null) {
      part.allFailed(
          CallbackException.unavailable(
              target + ": another process has shard " + shard + " of the cluster", null));
    } else {
      sender.deliver(part.of(batch), part);
    }
  }

  @Override
  public int batchSize() {
    return ExactlyOnceCallback.BATCH;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  /** An opening may wait for the brokers for long; nothing is sent in it. */
  @Override
  public void stopping() {
    openings.stop();
    byShard.values().forEach(ExactlyOnceCallback::stopping);
  }

  /** When this returns, no producer of a shard is open: the shards may be given to others. */
  @Override
  public void close() {
    stopping();
    boolean interrupted = Thread.interrupted(); // closing fails while the interrupt flag is set
    one.lock();
    try {
      opened = true; // nothing more is opened for all of them
      Failures failures = new Failures();
      byShard.values().forEach(shard -> failures.attempt(shard::close));
      failures.attempt(producers::close);
      failures.attempt(threads::close);
      failures.rethrow();
    } finally {
      one.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
