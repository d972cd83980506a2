package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Contracts;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.kafka.KafkaTargets;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.KafkaConversation;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TcpProxy.Moment;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactly once, cut off exactly where a transaction is committed. */
@Timeout(120)
class CommitCutTest {
  private static final TcpProxy proxy = TcpProxy.open(KafkaConversation::new);
  private static TestKafka kafka;

  private final List<Delivery> batch = Deliveries.of("a", "b", "c");

  @BeforeAll
  static void start() {
    kafka = TestKafka.behind(proxy);
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
    proxy.close();
  }

  @ParameterizedTest(name = "cut {0} the commit")
  @EnumSource
  void acrossAShortCutABatchIsSeenOnce(Moment moment) throws Exception {
    String topic = topic("short", moment);
    try (BatchCallback callback = callback(topic)) {
      proxy.cutAt(moment);
      CompletableFuture<Boolean> mended =
          CompletableFuture.supplyAsync(CommitCutTest::mendAfterTheCut);
      Contracts.deliverUntilDelivered(callback, batch);
      assertThat(mended.get()).isTrue();
      assertSeenOnce(topic);
    }
  }

  /** Nobody knows what became of it: a fresh producer finds out, and the engine tries again. */
  @ParameterizedTest(name = "cut {0} the commit")
  @EnumSource
  void afterACutThatLastsTooLongABatchIsSeenOnce(Moment moment) throws Exception {
    String topic = topic("long", moment);
    try (BatchCallback callback = callback(topic)) {
      proxy.cutAt(moment);
      assertThat(Reported.on(callback, batch).failed().values())
          .hasSize(batch.size())
          .allMatch(CallbackException::outcomeUnknown);
      assertThat(proxy.awaitCut(Duration.ZERO)).isTrue();
      proxy.mend();
      Contracts.deliverUntilDelivered(callback, batch);
      assertSeenOnce(topic);
    }
  }

  /** As after kill -9: the next process has the commit's word alone. */
  @ParameterizedTest(name = "cut {0} the commit")
  @EnumSource
  void theNextProcessSeesWhatBecameOfIt(Moment moment) throws Exception {
    String topic = topic("next", moment);
    try (BatchCallback before = callback(topic)) {
      proxy.cutAt(moment);
      Reported.on(before, batch);
      assertThat(proxy.awaitCut(Duration.ZERO)).isTrue();
      proxy.mend();
      try (BatchCallback after = callback(topic)) {
        Contracts.deliverUntilDelivered(after, batch);
        assertSeenOnce(topic);
      }
    }
  }

  private static String topic(String name, Moment moment) {
    String topic = name + "-" + moment;
    kafka.createTopic(topic, 1, Map.of());
    return topic;
  }

  private static BatchCallback callback(String topic) throws Exception {
    BatchCallback callback =
        new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
            .create(KafkaTargets.settings(kafka.server(), topic, Map.of("exactly_once", "true")));
    callback.warmUp();
    return callback;
  }

  private static boolean mendAfterTheCut() {
    try {
      boolean wasCut = proxy.awaitCut(Duration.ofSeconds(30));
      proxy.mend();
      return wasCut;
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private void assertSeenOnce(String topic) {
    String[] expected =
        Deliveries.commands(batch).stream()
            .map(command -> "{\"command\": \"" + command + "\"}")
            .toArray(String[]::new);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(kafka.readCommitted(topic))
                    .extracting(ConsumerRecord::value)
                    .containsExactly(expected));
  }
}
