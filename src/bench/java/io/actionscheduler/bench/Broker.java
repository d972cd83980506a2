package io.actionscheduler.bench;

import io.actionscheduler.bench.rival.BrokerProcess;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka broker in a process of its own, and what a receiver finds there. */
final class Broker implements AutoCloseable {
  private final Scheduler process;
  private final String server;
  private final KafkaConsumer<String, String> consumer;

  private Broker(Scheduler process, String server) {
    this.process = process;
    this.server = server;
    StringDeserializer text = new StringDeserializer();
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                server,
                "max.poll.records",
                50_000,
                "isolation.level",
                "read_committed"),
            text,
            text);
  }

  static Broker start(Session session) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Scheduler process =
        Launch.in(session.folder())
            .program(java, "-Xmx1g", "-cp", classes, BrokerProcess.class.getName())
            .start();
    return new Broker(process, process.stdout().await(":", Duration.ofSeconds(60)).text());
  }

  /** {@code host:port}. */
  String server() {
    return server;
  }

  /** With one partition, whose records bear the time at which the broker appended them. */
  void createTopic(String topic) throws Exception {
    NewTopic fresh = new NewTopic(topic, 1, (short) 1);
    fresh.configs(Map.of("message.timestamp.type", "LogAppendTime"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
      admin.createTopics(List.of(fresh)).all().get();
    }
  }

  /** How many records there are, ends of transactions counted in. */
  long count(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  /** All the records. */
  Records received(String topic) {
    Records records = new Records();
    for (ConsumerRecord<String, String> record : read(topic, 0)) {
      byte[] scheduledAt = record.headers().lastHeader("scheduled-time").value();
      records.add(
          record.key(), new String(scheduledAt, StandardCharsets.UTF_8), record.timestamp());
    }
    return records;
  }

  private List<ConsumerRecord<String, String>> read(String topic, long from) {
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long end = count(topic);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    while (consumer.position(partition) < end) {
      consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
    }
    return records;
  }

  /** Milliseconds in which a producer alone gets {@code count} records appended; six rounds. */
  Figures bareProducer(int batchBytes, int count) throws Exception {
    String topic = "bare-" + batchBytes;
    createTopic(topic);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> config =
        Map.of("bootstrap.servers", server, "acks", "all", "batch.size", batchBytes);
    List<Double> rounds = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      for (int round = 0; round < 6; round++) {
        long startedAt = System.currentTimeMillis();
        for (int i = 1; i <= count; i++) {
          producer.send(record(topic, i));
        }
        producer.flush();
        TopicPartition partition = new TopicPartition(topic, 0);
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        ConsumerRecord<String, String> last = read(topic, end - 1).get(0);
        rounds.add((double) last.timestamp() - startedAt);
      }
    }
    return Figures.of(rounds.subList(1, rounds.size()));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int action) {
    String id = Integer.toString(action);
    String value = "{\"command\": \"c" + id + "\"}";
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, id.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    header(record, "fire-id", id + "@2026-11-20T10:00:00Z");
    header(record, "scheduled-time", "2026-11-20T10:00:00Z");
    header(record, "action-name", "action " + id);
    header(record, "cause", "schedule");
    header(record, "missed-count", "0");
    header(record, "attempt", "1");
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    consumer.close();
    try (process) {
      process.terminate();
      process.awaitExit(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
