package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Makes producers that shut out whoever had their transactional id before. A process that slept may
 * not: it would shut out the owner that followed it.
 *
 * @param properties of the producers
 * @param permitted asked just before each
 */
public record TakeOver(Map<String, Object> properties, BooleanSupplier permitted) {
  public TakeOver {
    properties = Map.copyOf(properties);
    requireNonNull(permitted, "permitted is null");
  }

  /**
   * A producer whose id nobody else has any more; what was open under it is ended.
   *
   * @throws KafkaException where it cannot be had now
   */
  Producer<byte[], byte[]> producer() {
    if (!permitted.getAsBoolean()) {
      throw new KafkaException(
          "another process may own the store by now; its transactions are left alone");
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
