package io.actionscheduler.callback.kafka.exactlyonce;

import static io.actionscheduler.callback.kafka.exactlyonce.Runs.byHand;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliver;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliverAll;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.delivery;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.kafka.KafkaTargets;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExactlyOnceTest {
  private static TestKafka kafka;

  private final List<String> shutOut = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    kafka = TestKafka.start(Map.of("auto.create.topics.enable", "false"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private BatchCallback callback(String topic) throws Exception {
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), shutOut::add)
        .create(KafkaTargets.settings(kafka.server(), topic, Map.of("exactly_once", "true")));
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
  void whatWasCommittedBeforeACrashIsNotSentAgain() throws Exception {
    kafka.createTopic("crash", 1, Map.of());
    try (BatchCallback crashed = callback("crash"); // left open, as a killed process leaves it
        BatchCallback after = callback("crash")) { // its progress was never recorded elsewhere
      deliverAll(crashed, minute(0, 10));
      List<Delivery> again = minute(0, 10);
      again.addAll(minute(1, 5));
      deliverAll(after, again);
      assertCommitted("crash", 15);
    }
  }

  @Test
  void anOwnerThatWakesUpLateIsFencedAndEnds() throws Exception {
    kafka.createTopic("fence", 1, Map.of());
    try (BatchCallback old = callback("fence");
        BatchCallback next = callback("fence")) {
      deliverAll(old, minute(0, 3));
      deliverAll(next, minute(1, 3));
      assertThat(deliver(old, minute(2, 3))).containsOnly(Kind.UNAVAILABLE.name());
      assertThat(shutOut).singleElement().asString().contains("took over");
      deliverAll(next, minute(2, 3));
    }
    assertCommitted("fence", 9);
  }

  @Test
  void aRecordThatIsTooLargeIsGivenUpAloneAndTheOthersGoOn() throws Exception {
    kafka.createTopic("large", 1, Map.of());
    try (BatchCallback callback = callback("large")) {
      Delivery large = delivery(9, 10, "x".repeat(2_000_000));
      deliverAll(callback, minute(9, 1));
      assertThat(deliver(callback, List.of(large))).containsExactly("PERMANENT");
      List<Delivery> batch = minute(10, 4);
      batch.add(2, large);
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
    kafka.createTopic("innocent", 1, Map.of("max.message.bytes", "300000"));
    String large = "x".repeat(400_000);
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
  void aHerdLargerThanATransactionIsThereOnce() throws Exception {
    kafka.createTopic("herd", 3, Map.of());
    List<Delivery> herd = new ArrayList<>();
    for (int action = 1; action <= 60; action++) {
      herd.add(delivery(action, 0, "x".repeat(900_000)));
    }
    try (BatchCallback callback = callback("herd")) {
      deliverAll(callback, herd);
    }
    try (BatchCallback after = callback("herd")) {
      deliverAll(after, herd);
    }
    assertCommitted("herd", 60);
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
    List<Delivery> batch = minute(0, 40).stream().map(Runs::byHand).toList();
    try (BatchCallback callback = callback("missing")) {
      assertThat(deliver(callback, batch)).containsOnly(Kind.UNAVAILABLE.name());
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
      assertThat(deliver(callback, minute(1, 20))).allMatch(told -> told.startsWith("UNAVAILABLE"));
      kafka.startAgain();
      deliverAll(callback, minute(1, 20));
    }
    assertCommitted("broker", 40);
  }
}
