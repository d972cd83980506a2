package io.actionscheduler.callback.kafka;

import static io.actionscheduler.testing.Deliveries.commands;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Contracts;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestKafka;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KafkaAwayTest {

  @Test
  void aBrokerThatIsDownAtStartIsWaitedForAndThenUsed() throws Exception {
    try (TestKafka kafka = TestKafka.down();
        BatchCallback callback = KafkaTargets.callback(kafka.server(), "topic")) {
      callback.warmUp(); // warns, and fails nothing

      Reported down = Reported.on(callback, Deliveries.many(10_000));
      assertThat(down.delivered()).isEmpty();
      assertThat(down.failed()).hasSize(10_000);
      assertThat(down.failed().values())
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());

      kafka.startAgain();
      Contracts.deliverUntilDelivered(callback, Deliveries.of("first"));
      assertThat(kafka.read("topic")).hasSize(1);
    }
  }

  /** Neither is a fault of a fire, and each is mended while the fires wait. */
  @Test
  void whatTheTopicDoesNotTakeOfAnybodyIsNoAttemptOfAFire() throws Exception {
    try (TestKafka kafka = TestKafka.start()) {
      kafka.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
      kafka.createTopic("punctual", 1, Map.of("message.timestamp.before.max.ms", "0"));
      assertIsAway(kafka, "compacted", Map.of("key", "none"), "without key");
      assertIsAway(
          kafka, "compacted", Map.of("key", "none", "exactly_once", "true"), "without key");
      // Not exactly once: the broker could not write its own mark that a transaction was aborted.
      assertIsAway(kafka, "punctual", Map.of(), "imestamp");
      try (BatchCallback callback = KafkaTargets.callback(kafka.server(), "compacted")) {
        assertThat(Reported.on(callback, Deliveries.many(10)).delivered()).hasSize(10);
      }
    }
  }

  private static void assertIsAway(
      TestKafka kafka, String topic, Map<String, String> settings, String told) throws Exception {
    KafkaFactory factory = new KafkaFactory(InstantSource.system(), shutOut -> {});
    try (BatchCallback callback =
        factory.create(KafkaTargets.settings(kafka.server(), topic, settings))) {
      Reported reported = Reported.on(callback, Deliveries.many(10));
      assertThat(reported.failed()).hasSize(10);
      assertThat(reported.failed().values())
          .allSatisfy(
              why -> {
                assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(why.outcomeUnknown()).isFalse();
                assertThat(why).hasMessageContaining(told);
              });
      assertThat(kafka.readCommitted(topic)).isEmpty();
    }
  }

  @Test
  void aBrokerThatGoesDownForLongerThanTheDeliveryTimeOutLosesNothing() throws Exception {
    try (TestKafka kafka = TestKafka.start();
        BatchCallback callback = KafkaTargets.callback(kafka.server(), "topic")) {
      List<Delivery> before = Deliveries.many(100);
      assertThat(Reported.on(callback, before).delivered()).hasSize(100);

      kafka.stop();
      List<Delivery> during = new ArrayList<>();
      for (int i = 1_000; i < 1_100; i++) {
        during.add(Deliveries.of(i, "during" + i));
      }
      // Taken by the producer or not: a broker may still have said that its topic is going.
      Reported sent = Reported.on(callback, during);
      assertThat(sent.delivered()).isEmpty();
      assertThat(sent.failed().values())
          .hasSize(100)
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE);
      Reported probe = Reported.on(callback, Deliveries.of("probe")); // a fresh producer
      assertThat(probe.failed().get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(probe.failed().get(0).outcomeUnknown()).isFalse();

      kafka.startAgain();
      Contracts.deliverUntilDelivered(callback, during);
      List<String> received = values(kafka);
      assertThat(new HashSet<>(received)).containsAll(json(before)).containsAll(json(during));
      assertThat(received).doesNotContain(json(Deliveries.of("probe")).get(0));
    }
  }

  @Test
  void anAnswerThatGetsLostLeavesTheOutcomeUnknown() throws Exception {
    try (TcpProxy proxy = TcpProxy.open();
        TestKafka kafka = TestKafka.behind(proxy)) {
      kafka.createTopic("topic", 1, Map.of());
      try (BatchCallback callback = KafkaTargets.callback(kafka.server(), "topic")) {
        Reported.on(callback, Deliveries.of("before"));
        proxy.hold();
        Reported lost = Reported.on(callback, Deliveries.of("lost"));
        proxy.release();

        assertThat(lost.failed().get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(lost.failed().get(0).outcomeUnknown()).isTrue();
        assertThat(values(kafka)).contains(json(Deliveries.of("lost")).get(0));
        Contracts.deliverUntilDelivered(callback, Deliveries.of("after"));
      }
    }
  }

  @Test
  void aTopicThatIsNotThereIsWaitedFor() throws Exception {
    try (TestKafka kafka = TestKafka.start(Map.of("auto.create.topics.enable", "false"));
        BatchCallback callback = KafkaTargets.callback(kafka.server(), "topic")) {
      Reported missing = Reported.on(callback, Deliveries.of("a", "b"));
      assertThat(missing.failed().values())
          .hasSize(2)
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown())
          .allMatch(why -> why.getMessage().contains("topic \"topic\""));
      kafka.createTopic("topic", 1, Map.of());
      Contracts.deliverUntilDelivered(callback, Deliveries.of("a", "b"));
    }
  }

  @Test
  void aPasswordThatIsWrongIsAwayUntilItIsRight() throws Exception {
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
            + " password=\"%s\" user_admin=\"secret\";";
    Map<String, String> broker =
        Map.of(
            "listener.security.protocol.map",
                "PLAINTEXT:SASL_PLAINTEXT,OWN:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms", "PLAIN",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.plaintext.plain.sasl.jaas.config", login.formatted("secret"));
    Map<String, String> client =
        Map.of(
            "properties.security.protocol", "SASL_PLAINTEXT", "properties.sasl.mechanism", "PLAIN");
    KafkaFactory factory = new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {});
    try (TestKafka kafka = TestKafka.start(broker)) {
      for (String password : List.of("wrong", "secret")) {
        Map<String, String> further = new HashMap<>(client);
        further.put("properties.sasl.jaas.config", login.formatted(password));
        try (BatchCallback callback =
            factory.create(KafkaTargets.settings(kafka.server(), "topic", further))) {
          if (password.equals("secret")) {
            Contracts.deliverUntilDelivered(callback, Deliveries.of("a"));
          } else {
            Reported away = Reported.on(callback, Deliveries.of("a"));
            assertThat(away.failed().get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(away.failed().get(0).outcomeUnknown()).isFalse();
            assertThat(away.failed().get(0).getMessage()).contains("Authentication");
          }
        }
      }
    }
  }

  @Test
  void aNameThatDoesNotResolveIsAway() throws Exception {
    try (BatchCallback callback = KafkaTargets.callback("no-such-host.invalid:9092", "topic")) {
      Reported away = Reported.on(callback, Deliveries.of("a"));
      assertThat(away.failed().get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(away.failed().get(0).outcomeUnknown()).isFalse();
      assertThat(away.failed().get(0).getMessage()).contains("no-such-host.invalid:9092");
    }
  }

  @Test
  void aDeliveryThatIsInterruptedSaysWhatItKnows() throws Exception {
    try (TestKafka kafka = TestKafka.down();
        BatchCallback callback = KafkaTargets.callback(kafka.server(), "topic")) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Reported reported = new Reported();
      Future<String> end =
          thread.submit(
              () -> {
                try {
                  callback.deliver(Deliveries.of("a", "b"), reported);
                  return "returned";
                } catch (InterruptedException e) {
                  return "interrupted";
                }
              });
      thread.shutdownNow();
      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("interrupted");
      assertThat(reported.failed()).hasSize(2);
      assertThat(reported.failed().values())
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());
    }
  }

  @Test
  void callbacksToOneClusterShareAProducerAndTheLastClosesIt() throws Exception {
    try (TestKafka kafka = TestKafka.start()) {
      KafkaFactory factory = new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {});
      int before = KafkaTargets.producers().size();
      BatchCallback one = factory.create(KafkaTargets.settings(kafka.server(), "one", Map.of()));
      BatchCallback two = factory.create(KafkaTargets.settings(kafka.server(), "two", Map.of()));
      Reported.on(one, Deliveries.of("a"));
      Reported.on(two, Deliveries.of("b"));
      assertThat(KafkaTargets.producers()).hasSize(before + 1);

      one.close();
      one.close(); // once more does nothing
      assertThat(Reported.on(two, Deliveries.of("c")).delivered()).hasSize(1);
      two.close();
      assertThat(KafkaTargets.producers()).hasSize(before);
    }
  }

  private static List<String> values(TestKafka kafka) {
    return kafka.read("topic").stream().map(ConsumerRecord::value).toList();
  }

  private static List<String> json(List<Delivery> deliveries) {
    return commands(deliveries).stream()
        .map(command -> "{\"command\": \"" + command + "\"}")
        .toList();
  }
}
