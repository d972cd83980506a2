package io.actionscheduler.callback.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExactlyOnceTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static TestKafka kafka;

  private final List<String> fenced = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    kafka = TestKafka.start(Map.of("auto.create.topics.enable", "false"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private BatchCallback callback(String topic) throws Exception {
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), fenced::add)
        .create(KafkaTargets.settings(kafka.server(), topic, Map.of("exactly_once", "true")));
  }

  private static BatchCallback atLeastOnce(String topic) throws Exception {
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
        .create(KafkaTargets.settings(kafka.server(), topic, Map.of()));
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

  private static Delivery delivery(int action, int minute, String command) {
    return new Delivery(
        new Fire(
            Deliveries.action(action, command),
            NOON.plusSeconds(60L * minute),
            Cause.SCHEDULE,
            Optional.empty(),
            ""),
        1,
        NOON);
  }

  private static List<Delivery> minute(int minute, int actions) {
    List<Delivery> batch = new ArrayList<>();
    for (int action = 1; action <= actions; action++) {
      batch.add(delivery(action, minute, "run " + action));
    }
    return batch;
  }

  /** It has no progress of its own: only its record is sent. */
  private static Delivery byHand(Delivery delivery) {
    Fire scheduled = delivery.fire();
    return new Delivery(
        new Fire(
            scheduled.action(), scheduled.scheduledAt(), Cause.MANUAL, Optional.empty(), "request"),
        1,
        NOON);
  }

  /** What became of a batch, by place: {@code delivered} or the kind of failure. */
  private static final class Told implements Report {
    private final String[] outcomes;

    private Told(int size) {
      outcomes = new String[size];
    }

    @Override
    public void delivered(int index) {
      outcomes[index] = "delivered";
    }

    @Override
    public void delivered(int index, String output) {
      outcomes[index] = "delivered";
    }

    @Override
    public void failed(int index, CallbackException why) {
      outcomes[index] = why.kind() + (why.outcomeUnknown() ? " UNKNOWN" : "");
    }
  }

  private static List<String> deliver(BatchCallback callback, List<Delivery> batch)
      throws Exception {
    Told told = new Told(batch.size());
    callback.deliver(batch, told);
    return List.of(told.outcomes);
  }

  /** As the engine does: what is not delivered comes again. */
  private static void deliverAll(BatchCallback callback, List<Delivery> batch) throws Exception {
    List<String> told = deliver(callback, batch);
    for (int tries = 0; tries < 20 && !told.stream().allMatch("delivered"::equals); tries++) {
      told = deliver(callback, batch);
    }
    assertThat(told).containsOnly("delivered");
  }

  /** The end of a transaction is seen a little after its commit has returned. */
  private static void assertCommitted(String topic, int records) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(kafka.readCommitted(topic)).hasSize(records));
  }

  @Test
  void aBatchIsSeenByReadersOfCommittedRecords() throws Exception {
    kafka.createTopic("seen", 3, Map.of());
    try (BatchCallback callback = callback("seen")) {
      deliverAll(callback, minute(0, 50));
      deliverAll(callback, minute(1, 50));
    }
    assertCommitted("seen", 100);
  }

  @Test
  void switchedOffAfterACrashWhatWasCommittedIsNotSentAgain() throws Exception {
    kafka.createTopic("off", 1, Map.of());
    try (BatchCallback before = callback("off")) {
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
    try (BatchCallback before = callback("open")) {
      deliverAll(before, minute(0, 2));
    }
    try (Producer<byte[], byte[]> crashed = crashedInTheMiddle("open");
        BatchCallback after = atLeastOnce("open")) {
      deliverAll(after, minute(1, 2));
      assertCommitted("open", 4); // without fencing, readers would wait for the open transaction
    }
  }

  @Test
  void whatWasCommittedBeforeACrashIsNotSentAgain() throws Exception {
    kafka.createTopic("crash", 1, Map.of());
    try (BatchCallback before = callback("crash")) {
      deliverAll(before, minute(0, 10));
    }
    try (BatchCallback after = callback("crash")) { // its progress was never recorded elsewhere
      List<Delivery> again = minute(0, 10);
      again.addAll(minute(1, 5));
      deliverAll(after, again);
    }
    assertCommitted("crash", 15);
  }

  @Test
  void anOwnerThatWakesUpLateIsFencedAndEnds() throws Exception {
    kafka.createTopic("fence", 1, Map.of());
    try (BatchCallback old = callback("fence");
        BatchCallback next = callback("fence")) {
      deliverAll(old, minute(0, 3));
      deliverAll(next, minute(1, 3));
      assertThat(deliver(old, minute(2, 3))).containsOnly(Kind.AWAY.name());
      assertThat(fenced).singleElement().asString().contains("took over");
      deliverAll(next, minute(2, 3));
    }
    assertCommitted("fence", 9);
  }

  @Test
  void aRecordThatIsTooLargeIsGivenUpAloneAndTheOthersGoOn() throws Exception {
    kafka.createTopic("large", 1, Map.of());
    try (BatchCallback callback = callback("large")) {
      deliverAll(callback, minute(9, 1));
      List<Delivery> batch = minute(10, 4);
      batch.add(2, delivery(9, 10, "x".repeat(2_000_000)));
      assertThat(deliver(callback, batch))
          .containsExactly("delivered", "delivered", "PERMANENT", "delivered", "delivered");
    }
    assertCommitted("large", 5);
  }

  /**
   * The producer fails what it has not sent of a transaction with the error of the refused record,
   * on a thread of its own: which comes first differs from round to round.
   */
  @Test
  void aRecordIsNotGivenUpForTheSizeOfAnother() throws Exception {
    kafka.createTopic("innocent", 1, Map.of());
    String large = "x".repeat(2_000_000);
    List<String> expected = new ArrayList<>(Collections.nCopies(500, "delivered"));
    expected.add(400, "PERMANENT");
    try (BatchCallback callback = callback("innocent")) {
      deliverAll(callback, minute(9, 1));
      for (int round = 0; round < 100; round++) {
        List<Delivery> batch = minute(10 + round, 500);
        batch.add(400, delivery(501, 10 + round, large));
        assertThat(deliver(callback, batch)).isEqualTo(expected);
      }
    }
    assertCommitted("innocent", 1 + 100 * 500);
  }

  @Test
  void ofABatchTheRecordThatTheBrokerFindsTooLargeIsGivenUpAndNoOther() throws Exception {
    kafka.createTopic("refused", 1, Map.of("max.message.bytes", "20000"));
    try (BatchCallback callback = callback("refused")) {
      deliverAll(callback, minute(9, 1));
      for (int round = 0; round < 10; round++) {
        List<Delivery> batch = minute(10 + round, 9);
        batch.add(round, delivery(10, 10 + round, "x".repeat(50_000)));
        List<String> expected = new ArrayList<>(Collections.nCopies(9, "delivered"));
        expected.add(round, "PERMANENT");
        assertThat(deliver(callback, batch)).isEqualTo(expected);
      }
    }
    assertCommitted("refused", 91);
  }

  @Test
  void aFireByHandIsSentWhateverTheProgress() throws Exception {
    kafka.createTopic("manual", 1, Map.of());
    Delivery byHand = byHand(delivery(1, 0, "run"));
    try (BatchCallback callback = callback("manual")) {
      deliverAll(callback, minute(5, 1));
      deliverAll(callback, List.of(byHand));
    }
    assertCommitted("manual", 2);
  }

  /** The producer would let each of them wait for the topic, two seconds long. */
  @Test
  @Timeout(60)
  void aTopicThatIsMissingIsWaitedForOnceAndNotByEachRecord() throws Exception {
    List<Delivery> batch = minute(0, 40).stream().map(ExactlyOnceTest::byHand).toList();
    try (BatchCallback callback = callback("missing")) {
      assertThat(deliver(callback, batch)).containsOnly(Kind.AWAY.name());
      kafka.createTopic("missing", 1, Map.of());
      deliverAll(callback, batch);
    }
    assertCommitted("missing", 40);
  }

  @Test
  void aBrokerThatGoesAndComesBackDoublesNothingAndLosesNothing() throws Exception {
    kafka.createTopic("broker", 1, Map.of());
    try (BatchCallback callback = callback("broker")) {
      deliverAll(callback, minute(0, 20));
      kafka.stop();
      assertThat(deliver(callback, minute(1, 20))).allMatch(told -> told.startsWith("AWAY"));
      kafka.startAgain();
      deliverAll(callback, minute(1, 20));
    }
    assertCommitted("broker", 40);
  }
}
