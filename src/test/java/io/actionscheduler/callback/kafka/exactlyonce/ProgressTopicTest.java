package io.actionscheduler.callback.kafka.exactlyonce;

import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deadLetter;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliverAll;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.delivery;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.minute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.kafka.KafkaTargets;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is taken from the progress topic, and what is not. */
@Timeout(120)
class ProgressTopicTest {
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    kafka = TestKafka.start(Map.of("auto.create.topics.enable", "false"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static BatchCallback exactlyOnce(String topic) throws Exception {
    return callback(topic, Map.of("exactly_once", "true"));
  }

  private static BatchCallback atLeastOnce(String topic) throws Exception {
    return callback(topic, Map.of());
  }

  private static BatchCallback callback(String topic, Map<String, String> further)
      throws Exception {
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
        .create(KafkaTargets.settings(kafka.server(), topic, further));
  }

  /** The end of a transaction is seen a little after its commit has returned. */
  private static void assertCommitted(String topic, int records) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(kafka.readCommitted(topic)).hasSize(records));
  }

  /** What somebody writes into the progress topic by hand. */
  private static void write(String topic, String key, byte[] value) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.server());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic + ".progress", key.getBytes(UTF_8), value)).get();
    }
  }

  /** A run that sent a fire, and ended before it committed. */
  private static Producer<byte[], byte[]> crashedInTheMiddle(String topic) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.server(),
            "transactional.id",
            "action-scheduler." + topic + "." + topic,
            "transaction.timeout.ms",
            600_000);
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, new byte[] {1}));
    producer.flush();
    return producer;
  }

  @Test
  void switchedOffAfterACrashWhatWasCommittedIsNotSentAgain() throws Exception {
    kafka.createTopic("off", 1, Map.of());
    try (BatchCallback before = exactlyOnce("off")) {
      deliverAll(before, minute(0, 10));
    }
    try (BatchCallback after = atLeastOnce("off")) { // its progress was never recorded elsewhere
      List<Delivery> again = minute(0, 12);
      deliverAll(after, again);
      deliverAll(after, minute(1, 10));
    }
    assertCommitted("off", 22);
  }

  @Test
  void switchedOffWhatACrashedRunHadOpenIsNeverSeen() throws Exception {
    kafka.createTopic("open", 1, Map.of());
    try (BatchCallback before = exactlyOnce("open")) {
      deliverAll(before, minute(0, 2));
    }
    try (Producer<byte[], byte[]> crashed = crashedInTheMiddle("open");
        BatchCallback after = atLeastOnce("open")) {
      deliverAll(after, minute(1, 2));
      assertCommitted("open", 4); // without fencing, readers would wait for the open transaction
    }
  }

  @Test
  void aDeadLetterIsSentWhateverTheProgressAndTakesNoneBack() throws Exception {
    kafka.createTopic("dead", 1, Map.of());
    try (BatchCallback before = exactlyOnce("dead")) {
      deliverAll(before, minute(5, 1));
    }
    try (BatchCallback after = exactlyOnce("dead")) { // it has not delivered anything by itself
      deliverAll(after, List.of(deadLetter(delivery(1, 3, "of another callback"))));
    }
    try (BatchCallback after = exactlyOnce("dead")) {
      deliverAll(after, minute(5, 1)); // there already
    }
    try (BatchCallback off = atLeastOnce("dead")) {
      deliverAll(off, List.of(deadLetter(delivery(1, 4, "of another callback"))));
      deliverAll(off, minute(5, 1));
    }
    assertCommitted("dead", 3);
  }

  @Test
  void whatIsRemovedFromTheProgressTopicIsSentAgain() throws Exception {
    kafka.createTopic("removed", 1, Map.of());
    try (BatchCallback before = exactlyOnce("removed")) {
      deliverAll(before, minute(0, 2));
    }
    write("removed", "1", null);
    try (BatchCallback after = exactlyOnce("removed")) {
      deliverAll(after, minute(0, 2));
    }
    assertCommitted("removed", 3);
  }

  @Test
  void whatCannotBeReadInTheProgressTopicIsToldWithItsPlaceUntilItIsMended() throws Exception {
    kafka.createTopic("mangled", 1, Map.of());
    try (BatchCallback before = exactlyOnce("mangled")) {
      deliverAll(before, minute(0, 1));
    }
    write("mangled", "7", "yesterday".getBytes(UTF_8));
    try (BatchCallback after = exactlyOnce("mangled")) {
      List<Delivery> batch = minute(1, 1);
      assertThat(Reported.on(after, batch).failed().get(0))
          .matches(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown())
          .hasMessageContainingAll(
              "topic \"mangled.progress\"",
              "offset 2", // behind a fire's progress and the end of its transaction
              "key \"7\"",
              "\"yesterday\" is not a time",
              "write");
      write("mangled", "7", null);
      deliverAll(after, batch);
    }
    assertCommitted("mangled", 2);
  }
}
