package io.actionscheduler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestKafka;
import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of a cluster on one store in PostgreSQL and one group in Kafka. One run, fault by
 * fault; the receipts of all of it are judged at the end.
 *
 * <p>With {@code -Dearlier.jar=FILE}, it is a rolling upgrade: b and c are of that build, b comes
 * back as the present one after it was killed, and c is the last of the earlier build when it is
 * stopped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final int ACTIONS = 30;

  /** So many more go to Kafka, exactly once. */
  private static final int ONCE = 12;

  private static final Optional<Path> EARLIER =
      Optional.ofNullable(System.getProperty("earlier.jar")).map(Path::of);

  /** A process may need long where the machine is busy; nothing waits so long where all is well. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer than the group, the lease and the brokers wait before they give a process up. */
  private static final Duration FROZEN = Duration.ofSeconds(20);

  /**
   * So old may be what a process delivered and had not recorded when it was killed, or what it sent
   * before it knew that it was given up, on a machine that stalls.
   */
  private static final Duration UNRECORDED = Duration.ofSeconds(30);

  /** A fire as it came in. */
  private record Receipt(
      String from, String action, String fireId, Instant scheduledAt, Instant at) {}

  /** Fires of one process that were scheduled in this time may come twice. */
  private record Doubt(String of, Instant from, Instant to) {
    boolean covers(List<Receipt> same) {
      return same.stream().anyMatch(one -> one.from().equals(of))
          && !same.get(0).scheduledAt().isBefore(from)
          && !same.get(0).scheduledAt().isAfter(to);
    }
  }

  /** One of the three. */
  private static final class Node {
    private final String name;
    private final Launch launch;
    private Scheduler process;

    private Node(String name, Launch launch) {
      this.name = name;
      this.launch = launch;
    }

    private void start() {
      process = launch.start();
    }

    private void close() {
      if (process != null) { // null where the start failed before
        process.close();
      }
    }

    private void stop() throws InterruptedException {
      process.terminate();
      assertThat(process.awaitExit(PATIENCE)).as(process.stderr().tail()).isZero();
    }
  }

  private final List<Receipt> receipts = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>(); // as far as the start came
  private final Deque<AutoCloseable> opened = new ArrayDeque<>(); // the latest first
  private TestPostgres postgres;
  private TestKafka kafka;
  private TestHttp receiver;
  private String database;
  private Path folder;
  private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private Instant frozenAt;
  private Node a;
  private Node b;
  private Node c;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    postgres = TestPostgres.start();
    opened.push(postgres);
    database = postgres.createDatabase();
    kafka =
        TestKafka.start(
            Map.of("group.initial.rebalance.delay.ms", "0", "offsets.topic.num.partitions", "1"));
    opened.push(kafka);
    kafka.createTopic("fires", 3, Map.of());
    receiver = TestHttp.start();
    opened.push(receiver);
    receiver.answer(
        request -> {
          Map<String, String> headers = request.headers();
          String fireId = headers.get("X-Fire-Id");
          synchronized (receipts) {
            receipts.add(
                new Receipt(
                    request.path().substring(1),
                    fireId.split("@")[0],
                    fireId,
                    Instant.parse(headers.get("X-Scheduled-Time")),
                    Instant.now()));
            receipts.notifyAll();
          }
          return TestHttp.Answer.of(204);
        });
    this.folder = folder;
    a = node("a");
    b = node("b");
    c = node("c");
    EARLIER.ifPresent(jar -> List.of(b, c).forEach(node -> node.launch.jar(jar)));
    nodes.forEach(Node::start); // together, so that they make the tables together
    a.process.stderr().await("this process has \\d+ of 60 shards", PATIENCE);
    a.process.awaitReady(PATIENCE);
    execute(
        """
        INSERT INTO action (id, name, command, cron, callback)
        SELECT n, 'n', 'c', '"1s"', CASE WHEN n > %d THEN 'kafka' END
        FROM generate_series(1, %d) AS n
        """
            .formatted(ACTIONS, ACTIONS + ONCE));
  }

  private Node node(String name) throws IOException {
    Node node = new Node(name, launch(name));
    nodes.add(node);
    return node;
  }

  private Launch launch(String name) throws IOException {
    String database =
        "{url: \"%s\", username: postgres, password: \"%s\"}"
            .formatted(postgres.url(this.database), TestPostgres.PASSWORD);
    return Launch.in(Files.createDirectories(folder.resolve(name)))
        .jvm("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .config(
            """
            timezone: UTC
            track_changes_period: 1
            cluster: {name: billing}
            actions_db: %s
            internal_db: %s
            kafka: {server: "%s", topic: fires, exactly_once: true}
            http: {port: 0}
            callbacks:
              hook: {type: webhook, url: "http://127.0.0.1:%d/%s"}
            action:
              callback: hook
              defaults: {merge_missed: false, actuality_time: -1}
            """
                .formatted(database, database, kafka.server(), receiver.port(), name));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  void close() throws Exception {
    for (Node node : nodes) {
      node.close();
    }
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /**
   * Waits until these processes, and no others, fire all actions between them, with what is
   * scheduled after {@code since}.
   */
  private void awaitShared(Instant since, Node... nodes) throws InterruptedException {
    Set<String> names = Arrays.stream(nodes).map(one -> one.name).collect(Collectors.toSet());
    Map<String, String> owners = new TreeMap<>(); // the latest receipt of each action tells
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (receipts) {
      int seen = 0;
      while (owners.size() < ACTIONS || !Set.copyOf(owners.values()).equals(names)) {
        for (; seen < receipts.size(); seen++) {
          Receipt one = receipts.get(seen);
          if (one.scheduledAt().isAfter(since)) {
            owners.put(one.action(), one.from());
          }
        }
        long left = deadline - System.nanoTime();
        assertThat(left)
            .as(() -> "%s fire all actions; last: %s%n%s".formatted(names, owners, logs()))
            .isPositive();
        TimeUnit.NANOSECONDS.timedWait(receipts, Math.min(left, 1_000_000_000));
      }
    }
  }

  /** What consumers of committed records see: the scheduled times of each action, as they came. */
  private Map<String, List<Instant>> sentOnce() {
    Map<String, List<Instant>> byAction = new TreeMap<>();
    for (ConsumerRecord<String, String> one : kafka.readCommitted("fires")) {
      String[] id = new String(one.headers().lastHeader("fire-id").value(), UTF_8).split("@");
      Instant scheduledAt = Instant.parse(id[1]);
      assertThat(Instant.ofEpochMilli(one.timestamp())).isAfterOrEqualTo(scheduledAt);
      byAction.computeIfAbsent(id[0], any -> new ArrayList<>()).add(scheduledAt);
    }
    return byAction;
  }

  /** Waits until all actions that are sent exactly once were, with what is scheduled by then. */
  private void awaitSentOnce(Instant until) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Map<String, List<Instant>> sent = sentOnce();
              assertThat(sent).as(this::logs).hasSize(ONCE);
              assertThat(sent.values())
                  .as(this::logs)
                  .allMatch(times -> times.stream().anyMatch(until::isBefore));
            });
  }

  private String logs() {
    return nodes.stream()
        .map(node -> "---- " + node.name + "\n" + node.process.stderr().tail())
        .collect(Collectors.joining("\n"));
  }

  @Test
  @Order(1)
  void eachProcessFiresTheActionsOfItsOwnShards() throws Exception {
    awaitShared(Instant.now(), a, b, c);
    awaitSentOnce(Instant.now());
  }

  @Test
  @Order(2)
  void whenOneIsKilledAndOneIsFrozenTheThirdTakesOver() throws Exception {
    Instant at = Instant.now();
    c.process.pause();
    frozenAt = Instant.now();
    b.process.killAndWait();
    for (Node node : List.of(b, c)) {
      doubts.add(new Doubt(node.name, at.minus(UNRECORDED), Instant.now()));
    }
    awaitShared(Instant.now(), a);
    System.out.printf(
        "cluster: taken over %s after the fault%n", Duration.between(at, Instant.now()));
    awaitSentOnce(frozenAt.plus(FROZEN));
  }

  @Test
  @Order(3)
  void theFrozenOneAndANewOneComeBackAndNothingComesTwice() throws Exception {
    Instant resumed = Instant.now();
    c.process.resume(); // it must send nothing of what it had
    EARLIER.ifPresent(jar -> b.launch.jar(Launch.jar())); // it is upgraded
    b.start();
    awaitShared(Instant.now(), a, b, c);
    assertNothingWasSentBeforeItHadShardsAgain(c, resumed);
    // Shards that no action is in may still be on their way.
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            this::status,
            status ->
                status.contains("cluster billing: 3 processes run, every shard has a process"));
  }

  private static Optional<Instant> hadShards(Node node, Instant since) {
    return node.process.stderr().with("this process has \\d+ of 60 shards").stream()
        .map(line -> OffsetDateTime.parse(line.text().split(" ")[0]).toInstant())
        .filter(at -> at.isAfter(since))
        .findFirst();
  }

  /** What was under way when it was frozen may arrive; what fell due meanwhile is the others'. */
  private void assertNothingWasSentBeforeItHadShardsAgain(Node frozen, Instant resumed) {
    // It is written before the first fire, but may be read here after it.
    Instant again =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> hadShards(frozen, resumed), Optional::isPresent)
            .orElseThrow();
    synchronized (receipts) {
      assertThat(receipts)
          .filteredOn(one -> one.from().equals(frozen.name))
          .filteredOn(one -> one.at().isAfter(resumed) && one.at().isBefore(again))
          .filteredOn(one -> one.scheduledAt().isAfter(frozenAt))
          .isEmpty();
    }
  }

  @Test
  @Order(4)
  void whenOneIsStoppedTheOthersTakeOverAndNothingComesTwice() throws Exception {
    Instant asked = Instant.now();
    c.stop();
    awaitShared(asked, a, b);
    awaitSentOnce(Instant.now());
  }

  @Test
  @Order(5)
  void eachProcessShowsTheClusterOverHttp() {
    String two = "\"processes\":2,";
    awaitAnswer("/health/ready", 200, "\"cluster\":{\"name\":\"billing\"," + two);
    awaitAnswer("/metrics", 200, "action_scheduler_cluster_processes 2.0");
    awaitAnswer("/metrics", 200, "action_scheduler_cluster_shards_without_owner 0.0");
    awaitAnswer("/metrics", 200, "action_scheduler_cluster_shards 30.0");
    awaitAnswer("/api/v1/cluster", 200, "\"without_owner\":[],");
    awaitAnswer("/api/v1/cluster", 200, "\"alive\":true,", "\"shards\":30}");
    awaitAnswer("/api/v1/overview", 200, "\"cluster\":{\"name\":\"billing\",");
    awaitAnswer("/api/v1/session", 200, "\"cluster\":\"billing\"");
    awaitAnswer("/openapi.json", 200, "\"/api/v1/cluster\"");
    awaitAnswer("/", 200, "<html");
    awaitAnswer("/api/v1/jobs", 501, "in a cluster, jobs and runs cannot be read");
  }

  /** Each term has another port, so an answer may fail to come. */
  private void awaitAnswer(String path, int status, String... parts) {
    Awaitility.await(path)
        .atMost(PATIENCE)
        .until(
            () -> answer(path),
            answer ->
                answer.startsWith(status + " ") && Stream.of(parts).allMatch(answer::contains));
  }

  private String answer(String path) throws InterruptedException {
    List<Line> addresses = a.process.stderr().with("HTTP API: http://");
    String address =
        addresses.get(addresses.size() - 1).text().replaceFirst(".*HTTP API: (.*)/api/v1.*", "$1");
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return e.toString(); // that term has just ended
    }
  }

  private String status() throws Exception {
    try (Scheduler command = launch("command").arguments("cluster", "status").start()) {
      command.awaitExit(PATIENCE);
      return command.stdout().tail();
    }
  }

  private String command(String... arguments) throws Exception {
    try (Scheduler command = launch("command").arguments(arguments).start()) {
      assertThat(command.awaitExit(PATIENCE)).as(command.stderr().tail()).isZero();
      return command.stdout().tail();
    }
  }

  @Test
  @Order(6)
  void inAllOfItNothingIsLostNothingEarlyAndNothingComesTwiceWithoutReason() throws Exception {
    a.stop();
    b.stop();
    assertThat(command("verify", "--from", begun.toString())).containsPattern("lost +0");
    nodes.forEach(this::doubtWhereItDropped);
    Map<String, List<Receipt>> byFire = new TreeMap<>();
    Map<String, List<Instant>> byAction = new TreeMap<>();
    for (Receipt one : receipts) {
      assertThat(one.at()).isAfterOrEqualTo(one.scheduledAt());
      byFire.computeIfAbsent(one.fireId(), any -> new ArrayList<>()).add(one);
      byAction.computeIfAbsent(one.action(), any -> new ArrayList<>()).add(one.scheduledAt());
    }
    assertThat(byAction).hasSize(ACTIONS);
    byAction.forEach(ClusterIT::assertEachSecond);
    int twice = 0;
    for (List<Receipt> same : byFire.values()) {
      if (same.size() > 1) {
        twice++;
        assertThat(doubts).as("%s", same).anyMatch(doubt -> doubt.covers(same));
      }
    }
    Map<String, List<Instant>> once = sentOnce();
    assertThat(once).hasSize(ONCE);
    once.forEach((action, times) -> assertThat(times).as(action).doesNotHaveDuplicates());
    once.forEach(ClusterIT::assertEachSecond);
    System.out.printf(
        "cluster: %d fires, %d of them twice; %d exactly once, none twice%n",
        byFire.size(), twice, once.values().stream().mapToInt(List::size).sum());
  }

  private static void assertEachSecond(String action, List<Instant> times) {
    List<Instant> distinct = times.stream().distinct().sorted().toList();
    for (int i = 1; i < distinct.size(); i++) {
      assertThat(distinct.get(i))
          .as("action %s", action)
          .isEqualTo(distinct.get(i - 1).plusSeconds(1));
    }
  }

  /** On a machine that stalls, a process may be given up without any fault of the test. */
  private void doubtWhereItDropped(Node node) {
    node.process
        .stderr()
        .with("drops all of its work|with fires still under way")
        .forEach(
            line ->
                doubts.add(
                    new Doubt(node.name, line.receivedAt().minus(UNRECORDED), line.receivedAt())));
  }
}
