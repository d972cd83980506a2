package io.actionscheduler.callback.kafka.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.kafka.Records;
import io.actionscheduler.testing.Deliveries;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Brokers in memory, whose producers of transactions fail as a test says. */
final class ScriptedKafka {
  static final String TOPIC = "scripted";
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "bootstrap.servers", "scripted:9092",
          "transactional.id", "scripted",
          "max.block.ms", "2000",
          "buffer.memory", "67108864");

  final List<String> shutOut = new ArrayList<>();

  /** The bytes of the values of each transaction that was committed. */
  final List<Long> committedBytes = new ArrayList<>();

  int openings;
  int records;
  int aborts;
  Sent onSend = (number, answer) -> {};
  Committed onCommit = bytes -> {};
  Runnable afterCommit = () -> {};
  private final ProgressPartition progress =
      new ProgressTopic(TOPIC + ".progress", 1, PROPERTIES).partition(0);
  private final Map<String, Instant> settled = new HashMap<>();

  /** What happens when record {@code number} of a transaction, from 0, is given to a producer. */
  interface Sent {
    void to(int number, Callback answer);
  }

  /** What happens before a transaction of {@code bytes} is committed. */
  interface Committed {
    void before(long bytes);
  }

  BatchCallback callback() {
    return new ExactlyOnceCallback(
        PROPERTIES,
        this::open,
        new Records(TOPIC, true, InstantSource.fixed(Deliveries.DUE)),
        shutOut::add);
  }

  private Transactions open() {
    openings++;
    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> producer =
        (Producer<byte[], byte[]>)
            Proxy.newProxyInstance(
                ScriptedKafka.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                new Scripted()::invoke);
    return new Transactions(producer, progress, new HashMap<>(settled));
  }

  private final class Scripted {
    private final Map<String, Instant> made = new HashMap<>();
    private boolean open;
    private long bytes;
    private int sent;

    private Object invoke(Object proxy, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "beginTransaction" -> begin();
        case "send" -> send((ProducerRecord<?, ?>) arguments[0], (Callback) arguments[1]);
        case "commitTransaction" -> commit();
        case "abortTransaction" -> abort();
        case "close" -> close();
        default -> throw new UnsupportedOperationException(method.getName());
      }
      return null;
    }

    private void begin() {
      if (open) { // as KafkaProducer does
        throw new IllegalStateException("Invalid transition from IN_TRANSACTION");
      }
      open = true;
      made.clear();
      bytes = 0;
      sent = 0;
    }

    private void send(ProducerRecord<?, ?> sending, Callback answer) {
      onSend.to(sent++, answer);
      byte[] value = (byte[]) sending.value();
      if (sending.topic().equals(TOPIC)) {
        bytes += value.length;
      } else {
        made.put(
            new String((byte[]) sending.key(), UTF_8), Instant.parse(new String(value, UTF_8)));
      }
    }

    private void commit() {
      onCommit.before(bytes);
      settled.putAll(made);
      committedBytes.add(bytes);
      records += made.size();
      open = false;
      afterCommit.run();
    }

    private void abort() {
      aborts++;
      open = false;
    }

    private void close() {
      if (Thread.currentThread().isInterrupted()) { // as KafkaProducer does
        throw new InterruptException("interrupted while closing");
      }
    }
  }
}
