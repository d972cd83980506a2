package io.actionscheduler.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker inside the test, on 127.0.0.1 and ports of its own. Stopped and started again
 * it has the same ports and what it had stored. Topics are made on first use, with one partition.
 *
 * <pre>{@code
 * try (TestKafka kafka = TestKafka.start()) {
 *   ... "kafka.server", kafka.server() ...
 *   kafka.stop();
 *   kafka.startAgain();
 *   assertThat(kafka.read("some_topic")).hasSize(2);
 * }
 * }</pre>
 */
public final class TestKafka implements AutoCloseable {
  private static final int NODE = 1;

  private final Path folder;
  private final int port;
  private final int advertised; // where clients are sent to
  private final int ownPort; // for the broker itself and for this class, past any proxy
  private final int controllerPort;
  private final Map<String, String> further;
  private Optional<KafkaRaftServer> running = Optional.empty();
  private final List<Socket> held = new ArrayList<>();

  private TestKafka(Map<String, String> further, Optional<TcpProxy> proxy) {
    this.further = Map.copyOf(further);
    this.port = freePort();
    this.ownPort = freePort();
    this.advertised = proxy.map(TcpProxy::port).orElse(port);
    proxy.ifPresent(each -> each.to(port));
    this.controllerPort = freePort();
    try {
      this.folder = Files.createTempDirectory("kafka-");
      format();
      hold();
    } catch (Exception e) {
      throw new IllegalStateException("no Kafka broker could be laid out", e);
    }
  }

  /** A broker that is up. */
  public static TestKafka start() {
    return start(Map.of());
  }

  /** A broker that is up, with further broker properties. */
  public static TestKafka start(Map<String, String> properties) {
    for (int tries = 1; ; tries++) {
      TestKafka kafka = new TestKafka(properties, Optional.empty());
      try {
        kafka.startAgain();
        return kafka;
      } catch (RuntimeException e) {
        // Another program may take a port just before the broker does; it has others next time.
        if (tries == 5 || !isPortTaken(e)) {
          throw e;
        }
        kafka.close();
      }
    }
  }

  private static boolean isPortTaken(Throwable e) {
    return e instanceof BindException || e.getCause() != null && isPortTaken(e.getCause());
  }

  /** A broker that is up, and that clients know only by the address of {@code proxy}. */
  public static TestKafka behind(TcpProxy proxy) {
    return behind(proxy, Map.of());
  }

  /** The same, with further broker properties. */
  public static TestKafka behind(TcpProxy proxy, Map<String, String> properties) {
    TestKafka kafka = new TestKafka(properties, Optional.of(proxy));
    kafka.startAgain();
    return kafka;
  }

  /** A broker that is still down: its address is known, {@link #startAgain} brings it up. */
  public static TestKafka down() {
    return new TestKafka(Map.of(), Optional.empty());
  }

  /** {@code host:port} of the broker for clients, whether it is up or down. */
  public String server() {
    return "127.0.0.1:" + advertised;
  }

  private String own() {
    return "127.0.0.1:" + ownPort;
  }

  /** Like {@link #server}, past the proxy that the broker is behind. */
  public String direct() {
    return own();
  }

  /** Takes the broker down; what it acknowledged stays on disk. Does nothing when it is down. */
  public void stop() {
    running.ifPresent(
        broker -> {
          broker.shutdown();
          broker.awaitShutdown();
          hold();
        });
    running = Optional.empty();
  }

  /** Brings the broker up on the same ports and data. Does nothing when it is up. */
  public void startAgain() {
    if (running.isPresent()) {
      return;
    }
    letGo();
    KafkaRaftServer broker =
        new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
    try {
      broker.startup();
    } catch (RuntimeException e) {
      broker.shutdown();
      throw e;
    }
    running = Optional.of(broker);
  }

  public void createTopic(String topic, int partitions, Map<String, String> configs) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", own()))) {
      NewTopic made = new NewTopic(topic, partitions, (short) 1).configs(configs);
      admin.createTopics(List.of(made)).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("topic " + topic + " was not made", e);
    }
  }

  /** Every record of {@code topic} now, partition by partition, aborted transactions included. */
  public List<ConsumerRecord<String, String>> read(String topic) {
    return read(topic, "read_uncommitted");
  }

  /** Every record of {@code topic} that is not part of an aborted or open transaction. */
  public List<ConsumerRecord<String, String>> readCommitted(String topic) {
    return read(topic, "read_committed");
  }

  private List<ConsumerRecord<String, String>> read(String topic, String isolation) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            own(),
            "isolation.level",
            isolation,
            "allow.auto.create.topics",
            false,
            "max.poll.records",
            100_000);
    StringDeserializer text = new StringDeserializer();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config, text, text)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      records.sort(
          Comparator.comparingInt(ConsumerRecord<String, String>::partition)
              .thenComparingLong(ConsumerRecord::offset));
      return records;
    }
  }

  @Override
  public void close() {
    stop();
    letGo();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void format() throws Exception {
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .run();
  }

  private Properties properties() {
    Properties properties = new Properties();
    String own = ",OWN://" + own();
    String controller = "127.0.0.1:" + controllerPort;
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(NODE));
    properties.put("controller.quorum.voters", NODE + "@" + controller);
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + own + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", "PLAINTEXT://" + server() + own);
    properties.put("inter.broker.listener.name", "OWN");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,OWN:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.toString());
    properties.put("num.partitions", "1");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.putAll(further);
    return properties;
  }

  /**
   * Keeps the ports while the broker is down, without listening: nobody else is given them, and a
   * client that knocks from this very machine cannot end up connected to itself.
   */
  private void hold() {
    for (int each : List.of(port, ownPort, controllerPort)) {
      Socket socket = new Socket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), each));
      } catch (IOException e) {
        throw new UncheckedIOException("port " + each + " cannot be kept", e);
      }
      held.add(socket);
    }
  }

  private void letGo() {
    for (Socket socket : held) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    held.clear();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
