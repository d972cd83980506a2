package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.ShardsToSend;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Makes producers that shut out the previous producer with their transactional id. A process that
 * was suspended must not do so: it would shut out the owner that replaced it.
 *
 * @param properties of the producers
 * @param permitted asked just before each one is made
 */
public record ExclusiveProducers(Map<String, Object> properties, BooleanSupplier permitted) {
  public ExclusiveProducers {
    properties = Map.copyOf(properties);
    requireNonNull(permitted, "permitted is null");
  }

  /** The same while no other process of the cluster has claimed one of {@code some}. */
  ExclusiveProducers whileInForce(ShardsToSend shards, Collection<Integer> some) {
    return new ExclusiveProducers(
        properties, () -> permitted.getAsBoolean() && shards.areInForce(some));
  }

  /** The same for one shard of a cluster. No name of a topic contains a slash. */
  ExclusiveProducers ofShard(int shard) {
    Map<String, Object> own = new HashMap<>(properties);
    own.merge("transactional.id", "/" + shard, (id, number) -> id + number.toString());
    return new ExclusiveProducers(own, permitted);
  }

  /**
   * A producer that is the only one with its id; an open transaction of an earlier one is ended.
   *
   * @throws KafkaException when it cannot be made now, or is not permitted
   */
  Producer<byte[], byte[]> producer() {
    if (!permitted.getAsBoolean()) {
      throw new KafkaException(
          "another process may be the owner by now; its transactions are left alone");
    }
    Producer<byte[], byte[]> producer = new KafkaProducer<>(properties);
    try {
      producer.initTransactions();
      return producer;
    } catch (RuntimeException | Error e) {
      Transactions.letGo(producer);
      throw e;
    }
  }
}
