package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import io.actionscheduler.callback.kafka.KafkaErrors;
import io.actionscheduler.callback.kafka.Outcomes;
import io.actionscheduler.cluster.ShardsToSend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends at least once after an earlier run that sent exactly once: fires that the earlier run
 * committed to the progress topic are not sent again, even if the store does not know of them.
 * Without such a topic it only checks that there is none.
 */
public final class AfterExactlyOnce implements BatchCallback {
  private final BatchCallback sender;
  private final ProgressTopic progress;
  private final ExclusiveProducers exclusive;
  private final Optional<ShardsToSend> shards;
  private final String target;
  private final ReentrantLock one = new ReentrantLock();
  private Map<String, Instant> settled; // null until the topic was read

  /**
   * @param exclusive makes producers that send exactly once
   * @param shards of this process in a cluster; empty: there are no other processes
   */
  public AfterExactlyOnce(
      BatchCallback sender,
      ProgressTopic progress,
      ExclusiveProducers exclusive,
      Optional<ShardsToSend> shards) {
    this.shards = requireNonNull(shards, "shards is null");
    this.sender = requireNonNull(sender, "sender is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.exclusive = requireNonNull(exclusive, "exclusive is null");
    this.target = "kafka " + exclusive.properties().get("bootstrap.servers");
  }

  @Override
  public void warmUp() throws InterruptedException {
    sender.warmUp(); // throws if the brokers are unavailable
    try {
      learn();
    } catch (CallbackException e) {
      // the first delivery tries again, and reports the fault
    }
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    learn();
    one.lockInterruptibly();
    try {
      Map<String, Instant> copy = new HashMap<>(settled);
      return action -> Optional.ofNullable(copy.remove(action.text()));
    } finally {
      one.unlock();
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    List<Integer> open;
    try {
      learn();
      open = open(batch, report);
    } catch (CallbackException e) {
      new Outcomes(target, report).nothingSent(batch.size(), e);
      return;
    } catch (InterruptedException e) {
      new Outcomes(target, report)
          .nothingSent(batch.size(), CallbackException.unavailable(target + ": stopped", e));
      throw e;
    }
    if (open.size() == batch.size()) {
      sender.deliver(batch, report);
    } else if (!open.isEmpty()) {
      PartOfBatch places = new PartOfBatch(open, report);
      sender.deliver(places.of(batch), places);
    }
  }

  /** The places of the fires that are not in Kafka yet; reports the others as delivered. */
  private List<Integer> open(List<Delivery> batch, Report report) throws InterruptedException {
    List<Integer> open = new ArrayList<>(batch.size());
    one.lockInterruptibly();
    try {
      for (int i = 0; i < batch.size(); i++) {
        if (isSettled(batch.get(i))) {
          report.delivered(i);
        } else {
          open.add(i);
        }
      }
    } finally {
      one.unlock();
    }
    return open;
  }

  private boolean isSettled(Delivery delivery) {
    if (settled.isEmpty()) {
      return false;
    }
    return ProgressTopic.key(delivery)
        .map(
            key -> {
              Instant until = settled.get(key);
              boolean there = until != null && !delivery.fire().scheduledAt().isAfter(until);
              if (until != null && !there) {
                settled.remove(
                    key); // a later fire of the action is in Kafka, so this one never has to be
                // sent
              }
              return there;
            })
        .orElse(false);
  }

  private void learn() throws CallbackException, InterruptedException {
    one.lockInterruptibly();
    try {
      if (settled == null) {
        settled = shutOutPredecessors(progress.count());
      }
    } catch (InterruptException e) {
      Thread.interrupted(); // Kafka sets the flag again when it throws this
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      throw KafkaErrors.notSent(target + ", topic \"" + progress.name() + "\"", e);
    } finally {
      one.unlock();
    }
  }

  /**
   * Ends the open transactions of the previous owners, so that nothing more is committed for them.
   * In a cluster, only those of the shards of this process: others have the other ones.
   *
   * @param partitions of the progress topic: 1 before a cluster, and one for each shard after it
   */
  private Map<String, Instant> shutOutPredecessors(int partitions) throws InterruptedException {
    if (partitions == 0) {
      return Map.of();
    }
    Optional<Set<Integer>> own =
        shards.filter(held -> held.count() == partitions).map(ShardsToSend::numbers);
    Set<Integer> read =
        own.orElseGet(() -> IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    Set<Integer> mine = shards.map(ShardsToSend::numbers).orElse(Set.of());
    if (own.isEmpty()) { // a scheduler without a cluster may have written it
      whileInForce(mine).producer().close();
    }
    if (partitions > 1) {
      for (int shard : read) {
        whileInForce(own.isPresent() ? Set.of(shard) : mine).ofShard(shard).producer().close();
      }
    }
    Map<String, Instant> all = new HashMap<>();
    progress
        .read(read)
        .values()
        .forEach(
            one ->
                one.forEach(
                    (key, at) ->
                        all.merge(key, at, (known, next) -> known.isAfter(next) ? known : next)));
    return all;
  }

  /** A process that was given up must not shut out the one that has the shards now. */
  private ExclusiveProducers whileInForce(Set<Integer> some) {
    return shards.map(held -> exclusive.whileInForce(held, some)).orElse(exclusive);
  }

  @Override
  public int batchSize() {
    return sender.batchSize();
  }

  @Override
  public int concurrency() {
    return sender.concurrency();
  }

  @Override
  public void close() {
    sender.close();
  }
}
