package io.actionscheduler.callback.kafka.exactlyonce;

import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deadLetter;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliverAll;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.delivery;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.minute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.kafka.KafkaTargets;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.server.policy.CreateTopicPolicy;
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
    kafka =
        TestKafka.start(
            Map.of(
                "auto.create.topics.enable",
                "false",
                "create.topic.policy.class.name",
                Strict.class.getName()));
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

  /** As some hosted brokers do, with names that begin with "strict". */
  public static final class Strict implements CreateTopicPolicy {
    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void validate(RequestMetadata wanted) {
      if (wanted.topic().startsWith("strict") && wanted.configs().containsKey("segment.bytes")) {
        throw new PolicyViolationException("segment.bytes is too small here");
      }
    }

    @Override
    public void close() {}
  }

  private static Map<String, String> settings(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> set = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.server()))) {
      admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
          .filter(one -> one.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
          .forEach(one -> set.put(one.name(), one.value()));
    }
    return set;
  }

  @Test
  void theTopicIsMadeSoThatItIsCompactedSoon() throws Exception {
    kafka.createTopic("fresh", 1, Map.of());
    kafka.createTopic("strict", 1, Map.of());
    for (String topic : List.of("fresh", "strict")) {
      try (BatchCallback callback = exactlyOnce(topic)) {
        deliverAll(callback, minute(0, 1));
      }
    }
    assertThat(settings("fresh.progress"))
        .isEqualTo(
            Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", "16777216",
                "segment.ms", "3600000",
                "min.cleanable.dirty.ratio", "0.1"));
    assertThat(settings("strict.progress")).isEqualTo(Map.of("cleanup.policy", "compact"));
  }

  /** Two schedulers that send to one topic share its progress topic. */
  @Test
  void whatIsCommittedBehindAnOpenTransactionOfAnotherSchedulerIsWaitedFor() throws Exception {
    kafka.createTopic("shared", 1, Map.of());
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.server(),
            "transactional.id",
            "of another scheduler",
            "transaction.timeout.ms",
            600_000);
    Map<String, String> patient =
        Map.of(
            "exactly_once", "true",
            "properties.max.block.ms", "60000",
            "properties.request.timeout.ms", "60000",
            "properties.delivery.timeout.ms", "90000");
    try (BatchCallback crashed = callback("shared", patient);
        BatchCallback next = exactlyOnce("shared");
        Producer<byte[], byte[]> other =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      deliverAll(crashed, minute(0, 1));
      other.initTransactions();
      other.beginTransaction();
      other
          .send(new ProducerRecord<>("shared.progress", "other:1".getBytes(UTF_8), new byte[0]))
          .get();
      deliverAll(crashed, minute(1, 1));
      await() // on a slow machine it is unavailable for other reasons first
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThatThrownBy(next::recall)
                      .isInstanceOf(CallbackException.class)
                      .hasMessageContaining("a transaction of another producer is open there"));
      other.abortTransaction();
      Delivery last = minute(1, 1).get(0);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(CallbackException.class)
          .untilAsserted(
              () ->
                  assertThat(next.recall().settledUntil(last.action().id()))
                      .contains(last.fire().scheduledAt()));
    }
  }
}
