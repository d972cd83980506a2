package io.actionscheduler.callback.kafka.exactlyonce;

import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deadLetter;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliver;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.deliverAll;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.delivery;
import static io.actionscheduler.callback.kafka.exactlyonce.Runs.minute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.kafka.KafkaTargets;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.cluster.Shards;
import io.actionscheduler.cluster.ShardsToSend;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of a cluster with three shards that send exactly once. */
@Timeout(300)
class ShardedCallbackTest {
  private static final Shards SHARDS = new Shards(3, Shards.VERSION);
  private static final Set<Integer> ALL = Set.of(0, 1, 2);
  private static final int ACTIONS = 12;

  /** On a slow machine nothing is given up that only takes its time. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "properties.max.block.ms", "60000",
          "properties.request.timeout.ms", "60000",
          "properties.delivery.timeout.ms", "90000");

  private static TestKafka kafka;

  /** What another process has shut out here, by shard. */
  private final ConcurrentMap<Integer, String> shutOut = new ConcurrentHashMap<>();

  private final Set<Integer> outdated = ConcurrentHashMap.newKeySet(); // by the database

  @BeforeAll
  static void start() {
    kafka = TestKafka.start(Map.of("auto.create.topics.enable", "false"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private BatchCallback process(String topic, Set<Integer> shards) throws Exception {
    return process(topic, shards, Map.of()); // the default in a cluster
  }

  private BatchCallback process(String topic, Set<Integer> shards, Map<String, String> own)
      throws Exception {
    Map<String, String> further = new HashMap<>(PATIENT);
    further.putAll(own);
    ShardsToSend held =
        new ShardsToSend(
            new ShardSet(SHARDS, shards), one -> !outdated.contains(one), shutOut::put);
    return KafkaFactory.inCluster(InstantSource.fixed(Deliveries.DUE), held, () -> true)
        .create(KafkaTargets.settings(kafka.server(), topic, further));
  }

  private static int shard(Delivery delivery) {
    return SHARDS.of(delivery.action().id());
  }

  private static List<Delivery> of(List<Delivery> batch, Set<Integer> shards) {
    return batch.stream().filter(one -> shards.contains(shard(one))).toList();
  }

  /** The end of a transaction is seen a little after its commit has returned. */
  private static void assertEachOnce(String topic, int records) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(kafka.readCommitted(topic)).hasSize(records));
    assertThat(kafka.readCommitted(topic))
        .extracting(one -> new String(one.headers().lastHeader("fire-id").value(), UTF_8))
        .doesNotHaveDuplicates();
  }

  @Test
  void aBatchIsSentShardByShardAndItsProgressIsInThePartitionOfTheShard() throws Exception {
    kafka.createTopic("split", 2, Map.of());
    try (BatchCallback process = process("split", ALL)) {
      deliverAll(process, minute(0, ACTIONS));
      deliverAll(process, minute(1, ACTIONS));
    }
    assertEachOnce("split", 2 * ACTIONS);
    List<ConsumerRecord<String, String>> progress = kafka.readCommitted("split.progress");
    assertThat(progress)
        .hasSize(2 * ACTIONS)
        .allMatch(one -> one.partition() == SHARDS.of(Long.parseLong(one.key())));
    assertThat(progress).extracting(ConsumerRecord::partition).contains(0, 1, 2);
  }

  @Test
  void aProcessThatTakesOverSomeShardsShutsOutTheOldOwnerOfThoseOnly() throws Exception {
    kafka.createTopic("taken", 1, Map.of());
    Set<Integer> taken = Set.of(1, 2);
    try (BatchCallback old = process("taken", ALL); // nobody told it
        BatchCallback next = process("taken", taken)) {
      deliverAll(old, minute(0, ACTIONS));
      List<Delivery> again = new ArrayList<>(of(minute(0, ACTIONS), taken));
      again.addAll(of(minute(1, ACTIONS), taken));
      deliverAll(next, again);
      List<Delivery> later = minute(2, ACTIONS);
      List<String> told = deliver(old, later);
      for (int i = 0; i < ACTIONS; i++) {
        assertThat(told.get(i))
            .isEqualTo(taken.contains(shard(later.get(i))) ? "UNAVAILABLE" : "delivered");
      }
      assertThat(shutOut).containsOnlyKeys(1, 2);
      assertThat(shutOut.get(1)).contains("/1 took over");
      deliverAll(next, of(later, taken));
    }
    assertEachOnce("taken", 2 * ACTIONS + of(minute(1, ACTIONS), taken).size());
  }

  @Test
  void whatTheOldOwnerCommittedIsRecalledShardByShard() throws Exception {
    kafka.createTopic("recalled", 1, Map.of());
    try (BatchCallback crashed = process("recalled", ALL);
        BatchCallback next = process("recalled", Set.of(0))) {
      deliverAll(crashed, minute(3, ACTIONS));
      Recollection recalled = next.recall();
      for (Delivery one : minute(3, ACTIONS)) {
        ActionId action = one.action().id();
        assertThat(recalled.settledUntil(action).isPresent()).isEqualTo(SHARDS.of(action) == 0);
      }
    }
  }

  /** A process that was suspended does not know yet that others have its shards. */
  @Test
  void aProcessWhoseTokenIsOutdatedShutsOutNobody() throws Exception {
    kafka.createTopic("outdated", 1, Map.of());
    try (BatchCallback owner = process("outdated", ALL);
        BatchCallback woken = process("outdated", Set.of(0, 1))) {
      deliverAll(owner, minute(0, ACTIONS));
      outdated.add(1);
      assertThatThrownBy(woken::recall)
          .isInstanceOf(CallbackException.class)
          .hasMessageContaining("another process may be the owner by now");
      List<Delivery> ofTheShard = of(minute(1, ACTIONS), Set.of(1));
      assertThat(deliver(woken, ofTheShard)).containsOnly("UNAVAILABLE");
      deliverAll(owner, ofTheShard);
      assertThat(shutOut).doesNotContainKey(1);
    }
    assertEachOnce("outdated", ACTIONS + of(minute(1, ACTIONS), Set.of(1)).size());
  }

  @Test
  void whatIsOfAShardThatAnotherProcessHasIsNotSent() throws Exception {
    kafka.createTopic("foreign", 1, Map.of());
    try (BatchCallback process = process("foreign", Set.of(2))) {
      deliverAll(process, of(minute(0, ACTIONS), Set.of(2)));
      List<Delivery> batch = minute(1, ACTIONS);
      List<String> told = deliver(process, batch);
      for (int i = 0; i < ACTIONS; i++) {
        assertThat(told.get(i)).isEqualTo(shard(batch.get(i)) == 2 ? "delivered" : "UNAVAILABLE");
      }
    }
    assertEachOnce("foreign", 2 * of(minute(0, ACTIONS), Set.of(2)).size());
  }

  @Test
  void aBatchThatIsTooLargeForTheShareOfAShardAndADeadLetterAreThereOnce() throws Exception {
    kafka.createTopic("large", 1, Map.of());
    List<Delivery> herd = new ArrayList<>();
    for (int action = 1; action <= 24; action++) {
      herd.add(delivery(action, 0, "x".repeat(900_000)));
    }
    Map<String, String> small = Map.of("properties.buffer.memory", "2000000");
    try (BatchCallback process = process("large", ALL, small)) {
      deliverAll(process, herd);
      deliverAll(process, List.of(deadLetter(delivery(25, 1, "of another callback"))));
    }
    try (BatchCallback after = process("large", ALL)) {
      deliverAll(after, herd);
    }
    assertEachOnce("large", 25);
  }

  @Test
  void afterExactlyOnceIsSwitchedOffCommittedFiresAreNotSentAgain() throws Exception {
    kafka.createTopic("off", 1, Map.of());
    try (BatchCallback crashed = process("off", ALL)) {
      deliverAll(crashed, minute(0, ACTIONS));
    }
    try (BatchCallback after = process("off", Set.of(1), Map.of("exactly_once", "false"))) {
      deliverAll(after, of(minute(0, ACTIONS), Set.of(1)));
    }
    try (BatchCallback alone =
        new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
            .create(KafkaTargets.settings(kafka.server(), "off", PATIENT))) {
      deliverAll(alone, minute(0, ACTIONS));
    }
    assertEachOnce("off", ACTIONS);
  }

  @Test
  void switchedOffAProcessWhoseTokenIsOutdatedShutsOutNobodyEither() throws Exception {
    kafka.createTopic("off-outdated", 1, Map.of());
    try (BatchCallback owner = process("off-outdated", ALL);
        BatchCallback woken = process("off-outdated", Set.of(1), Map.of("exactly_once", "false"))) {
      deliverAll(owner, minute(0, ACTIONS));
      outdated.add(1);
      assertThatThrownBy(woken::recall)
          .isInstanceOf(CallbackException.class)
          .hasMessageContaining("another process may be the owner by now");
      deliverAll(owner, minute(1, ACTIONS));
      assertThat(shutOut).isEmpty();
    }
    assertEachOnce("off-outdated", 2 * ACTIONS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopDoesNotWaitForBrokersThatDoNotAnswer(boolean cluster) throws Exception {
    Map<String, String> never = // longer than this test waits
        Map.of(
            "properties.max.block.ms", "3600000",
            "properties.request.timeout.ms", "3600000",
            "properties.delivery.timeout.ms", "3600000");
    ShardsToSend held = new ShardsToSend(new ShardSet(SHARDS, ALL), one -> true, shutOut::put);
    ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("stop"));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String server = "127.0.0.1:" + silent.getLocalPort();
      BatchCallback callback =
          cluster
              ? KafkaFactory.inCluster(InstantSource.fixed(Deliveries.DUE), held, () -> true)
                  .create(KafkaTargets.settings(server, "silent", never))
              : alone(server, "silent", never);
      Future<?> warmUp =
          threads.submit(
              () -> {
                callback.warmUp();
                return callback;
              });
      try (Socket connected = silent.accept()) { // it waits for an answer from now on
        assertThat(connected.getInputStream().read()).isNotNegative();
        callback.stopping();
        threads.submit(callback::close).get(60, TimeUnit.SECONDS);
        warmUp.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(callback::recall).isInstanceOf(CallbackException.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aProcessThatDeliversBeforeItRecallsDoesNotShutOutItself() throws Exception {
    kafka.createTopic("early", 1, Map.of());
    try (BatchCallback process = process("early", ALL)) {
      deliverAll(process, minute(0, ACTIONS));
      process.recall();
      deliverAll(process, minute(1, ACTIONS));
    }
    assertThat(shutOut).isEmpty();
    assertEachOnce("early", 2 * ACTIONS);
  }

  /** Closing a producer fails while the interrupt flag is set. */
  @Test
  void aStopThatIsInterruptedClosesTheProducersOfAllShards() throws Exception {
    kafka.createTopic("interrupted", 1, Map.of());
    BatchCallback process = process("interrupted", ALL);
    deliverAll(process, of(minute(0, ACTIONS), Set.of(1, 2))); // one is not given out yet
    assertThat(producers("interrupted/")).hasSize(3);
    Thread.currentThread().interrupt();
    process.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(producers("interrupted/")).isEmpty();
    assertThat(deliver(process, minute(1, ACTIONS))).containsOnly("UNAVAILABLE");
  }

  private static List<String> producers(String id) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("kafka-producer-network-thread") && name.contains(id))
        .toList();
  }

  @Test
  void aProgressTopicOfAnotherNumberOfPartitionsIsRefusedBothWays() throws Exception {
    kafka.createTopic("grown", 1, Map.of());
    kafka.createTopic("shrunk", 1, Map.of());
    try (BatchCallback alone = alone("grown");
        BatchCallback cluster = process("grown", ALL)) {
      deliverAll(alone, minute(0, 1));
      assertRefused(
          cluster,
          "topic \"grown.progress\" has 1 partition, and this cluster needs 3, one for each shard;");
      deliverAll(alone, minute(1, 1)); // it is not shut out for nothing
    }
    try (BatchCallback cluster = process("shrunk", ALL);
        BatchCallback alone = alone("shrunk")) {
      deliverAll(cluster, minute(0, 1));
      assertRefused(
          alone,
          "topic \"shrunk.progress\" has 3 partitions, and a scheduler without a cluster needs 1;");
    }
  }

  private static BatchCallback alone(String topic) throws Exception {
    return alone(kafka.server(), topic, PATIENT);
  }

  private static BatchCallback alone(String server, String topic, Map<String, String> own)
      throws Exception {
    Map<String, String> further = new HashMap<>(own);
    further.put("exactly_once", "true");
    return new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {})
        .create(KafkaTargets.settings(server, topic, further));
  }

  private static void assertRefused(BatchCallback callback, String message) {
    assertThatThrownBy(callback::recall)
        .isInstanceOf(CallbackException.class)
        .hasMessageContainingAll(message, "delete the topic")
        .matches(why -> ((CallbackException) why).kind() == Kind.UNAVAILABLE);
  }
}
