package io.actionscheduler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestKafka;
import io.actionscheduler.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one store in PostgreSQL, each behind a proxy of its own: whatever becomes of the
 * owner, the other one takes over, and what was due meanwhile comes. One run of both, fault by
 * fault; the receipts of all of it are judged at the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyIT {
  private static final int ACTIONS = 5; // to the webhook

  /** Two more go to Kafka, exactly once. */
  private static final int ALL = ACTIONS + 2;

  /** Longer than the lease, and long enough for whoever follows to fire for a while. */
  private static final Duration ASLEEP = Duration.ofSeconds(20);

  /** What was delivered and not on disk yet may be this old where the machine is busy. */
  private static final Duration UNRECORDED = Duration.ofSeconds(3);

  /** A fire as it came in. */
  private record Receipt(String from, String fireId, Instant scheduledAt, Instant at) {}

  /** Fires scheduled in this time may come twice. */
  private record Doubt(Instant from, Instant to) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && !at.isAfter(to);
    }
  }

  /** One of the two. */
  private static final class Node {
    private final String name;
    private final TcpProxy proxy = TcpProxy.open();
    private final int port;
    private final Path folder;
    private final Launch launch;
    private Scheduler process;

    private Node(String name, int port, Path folder) {
      this.name = name;
      this.port = port;
      this.folder = folder;
      this.launch = Launch.in(folder).jvm("-Xmx128m", "-XX:+UseSerialGC");
    }

    private ApiClient http() {
      return ApiClient.at(URI.create("http://127.0.0.1:" + port));
    }

    private long pid() {
      return process.process().pid();
    }

    /** Waits until it says, as often as this in all, that it stands by for {@code owner}. */
    private void awaitStandby(Node owner, int times) throws InterruptedException {
      process
          .stderr()
          .await("standby: .* is owned by pid " + owner.pid() + " on", times, Scheduler.PATIENCE);
    }
  }

  private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<String> takeovers = new ArrayList<>();
  private TestPostgres postgres;
  private TestKafka kafka;
  private TestHttp receiver;
  private String database;
  private Node a;
  private Node b;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    postgres = TestPostgres.start();
    database = postgres.createDatabase();
    kafka = TestKafka.start();
    receiver = TestHttp.start();
    receiver.answer(
        request -> {
          Map<String, String> headers = request.headers();
          receipts.add(
              new Receipt(
                  request.path().substring(1),
                  headers.get("X-Fire-Id"),
                  Instant.parse(headers.get("X-Scheduled-Time")),
                  Instant.now()));
          return TestHttp.Answer.of(204);
        });
    a = node("a", folder);
    b = node("b", folder);
    a.process = a.launch.start();
    a.process.awaitReady();
    for (int i = 1; i <= ALL; i++) {
      execute(
          "INSERT INTO action (id, name, command, cron, callback)"
              + " VALUES (%d, 'n', 'c', '\"1s\"', '%s')",
          i, i <= ACTIONS ? "hook" : "kafka");
    }
    b.process = b.launch.start();
    b.awaitStandby(a, 1);
    awaitReceiptOf(a, Instant.now());
  }

  private Node node(String name, Path parent) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path folder = Files.createDirectory(parent.resolve(name));
    Node node = new Node(name, port, folder);
    node.proxy.to(postgres.port());
    String url = "jdbc:postgresql://127.0.0.1:" + node.proxy.port() + "/" + database;
    node.launch.config(
        """
        timezone: UTC
        track_changes_period: 1
        standby: true
        actions_db: {url: "%s", username: postgres, password: "%s"}
        internal_db: {url: "%s", username: postgres, password: "%s"}
        http: {port: %d}
        kafka: {server: "%s", topic: fires, exactly_once: true}
        callbacks:
          hook: {type: webhook, url: "http://127.0.0.1:%d/%s"}
        action:
          callback: hook
          defaults: {merge_missed: false, actuality_time: -1}
        """
            .formatted(
                url,
                TestPostgres.PASSWORD,
                url,
                TestPostgres.PASSWORD,
                port,
                kafka.server(),
                receiver.port(),
                name));
    return node;
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(values));
    }
  }

  @AfterAll
  void close() throws IOException {
    for (Node node : List.of(a, b)) {
      node.process.close();
      node.proxy.close();
    }
    receiver.close();
    kafka.close();
    postgres.close();
  }

  @Test
  @Order(1)
  void whoStandsByNamesTheOwner() throws Exception {
    ApiClient.Reply ready = b.http().get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.object()).containsEntry("status", "standby");
    assertThat(ready.body()).contains("\"pid\":" + a.pid()).contains("lease_until");
    assertThat(b.http().get("/health/ready?standby_ok=1").status()).isEqualTo(200);
    assertThat(b.http().get("/health").status()).isEqualTo(200);
    assertThat(b.http().get("/metrics").body()).contains("action_scheduler_standby 1");
    ApiClient.Reply jobs = b.http().get("/api/v1/jobs");
    assertThat(jobs.status()).isEqualTo(503);
    assertThat(jobs.body()).contains("stands by");
    assertThat(a.http().get("/health/ready?standby_ok=1").status()).isEqualTo(200);
    assertThat(a.http().get("/metrics").body()).contains("action_scheduler_standby 0");
    try (Scheduler shown = Launch.in(b.folder).arguments("progress", "show").start()) {
      assertThat(shown.awaitExit()).isZero();
      assertThat(shown.stderr().with("owner is pid " + a.pid() + " on .*, lease until")).hasSize(1);
      assertThat(shown.stdout().with("hook|kafka")).hasSize(ALL);
    }
  }

  @Test
  @Order(2)
  void whenTheOwnerIsKilledTheOtherTakesOver() throws Exception {
    Instant killed = Instant.now();
    a.process.killAndWait();
    tookOver("kill -9", killed, b);
    doubts.add(new Doubt(killed.minus(UNRECORDED), killed));
    await().ignoreExceptions().atMost(Scheduler.PATIENCE).until(() -> isReady(b));
    a.process = a.launch.start();
    a.awaitStandby(b, 1);
  }

  @Test
  @Order(3)
  void whenTheOwnerIsStoppedTheOtherTakesOverAtOnceAndNothingComesTwice() throws Exception {
    Instant asked = Instant.now();
    b.process.terminate();
    assertThat(b.process.awaitExit()).isZero();
    tookOver("SIGTERM", asked, a);
    b.process = b.launch.start();
    b.awaitStandby(a, 1);
  }

  @Test
  @Order(4)
  void anOwnerThatSleptSendsNothingMoreAndStandsBy() throws Exception {
    a.process.pause();
    Instant stopped = Instant.now(); // a busy machine needs some time to send the signal
    tookOver("SIGSTOP", stopped, b);
    doubts.add(new Doubt(stopped.minus(UNRECORDED), stopped));
    Duration left = Duration.between(Instant.now(), stopped.plus(ASLEEP));
    Thread.sleep(Math.max(0, left.toMillis())); // it is the sleep itself that is under test
    Instant woken = Instant.now();
    a.process.resume();
    a.awaitStandby(b, 1);
    assertThat(a.process.process().isAlive()).isTrue();
    await()
        .ignoreExceptions() // between the two servers nobody listens
        .atMost(Scheduler.PATIENCE)
        .until(() -> a.http().get("/health/ready").status() == 503);
    assertThat(receipts)
        .filteredOn(one -> one.from().equals("a") && one.at().isAfter(woken))
        .allSatisfy(one -> assertThat(one.scheduledAt()).isBefore(stopped));
  }

  @Test
  @Order(5)
  void anOwnerWithoutItsDatabaseYieldsAndStandsByWhenItIsBack() throws Exception {
    Instant cut = Instant.now();
    b.proxy.cut();
    tookOver("PostgreSQL cut", cut, a);
    Instant dropped =
        b.process.stderr().await("drops all of its work", Scheduler.PATIENCE).receivedAt();
    doubts.add(new Doubt(cut.minus(UNRECORDED), dropped));
    assertThat(receipts)
        .filteredOn(one -> one.from().equals("b") && one.at().isAfter(cut))
        .allSatisfy(one -> assertThat(one.at()).isBefore(firstOf(a, cut)));
    b.proxy.mend();
    b.awaitStandby(a, 2);
  }

  @Test
  @Order(6)
  void inAllOfItNothingIsLostNothingEarlyAndNothingComesTwiceWithoutReason() throws Exception {
    b.process.terminate();
    assertThat(b.process.awaitExit()).isZero(); // stopped while it stands by
    awaitReceiptOf(a, Instant.now());
    a.process.terminate();
    assertThat(a.process.awaitExit()).isZero();

    Map<String, List<Receipt>> byFire = new TreeMap<>();
    Map<String, List<Instant>> byAction = new TreeMap<>();
    for (Receipt one : receipts) {
      assertThat(one.at()).isAfterOrEqualTo(one.scheduledAt());
      byFire.computeIfAbsent(one.fireId(), any -> new ArrayList<>()).add(one);
      byAction
          .computeIfAbsent(one.fireId().split("@")[0], any -> new ArrayList<>())
          .add(one.scheduledAt());
    }
    assertThat(byAction).hasSize(ACTIONS);
    byAction.values().forEach(StandbyIT::assertEachSecond);
    int twice = 0;
    for (List<Receipt> same : byFire.values()) {
      if (same.size() > 1) {
        twice++;
        assertThat(doubts)
            .describedAs("%s", same)
            .anyMatch(doubt -> doubt.covers(same.get(0).scheduledAt()));
      }
    }
    Map<String, List<Instant>> exactlyOnce = new TreeMap<>();
    for (ConsumerRecord<String, String> one : kafka.readCommitted("fires")) {
      String[] id = new String(one.headers().lastHeader("fire-id").value(), UTF_8).split("@");
      Instant scheduledAt = Instant.parse(id[1]);
      assertThat(Instant.ofEpochMilli(one.timestamp())).isAfterOrEqualTo(scheduledAt);
      exactlyOnce.computeIfAbsent(id[0], any -> new ArrayList<>()).add(scheduledAt);
    }
    assertThat(exactlyOnce).hasSize(ALL - ACTIONS);
    for (List<Instant> times : exactlyOnce.values()) {
      assertThat(times).doesNotHaveDuplicates();
      assertEachSecond(times);
    }
    System.out.printf(
        "standby: %d fires at least once, %d of them twice; %d exactly once, none twice;"
            + " takeover after %s%n",
        byFire.size(),
        twice,
        exactlyOnce.values().stream().mapToInt(List::size).sum(),
        String.join(", ", takeovers));
  }

  private static void assertEachSecond(List<Instant> times) {
    List<Instant> distinct = times.stream().distinct().sorted().toList();
    for (int i = 1; i < distinct.size(); i++) {
      assertThat(distinct.get(i)).isEqualTo(distinct.get(i - 1).plusSeconds(1));
    }
  }

  /** Waits until {@code node} delivers, and notes how long that took from {@code since}. */
  private void tookOver(String fault, Instant since, Node node) {
    awaitReceiptOf(node, since);
    Duration took = Duration.between(since, firstOf(node, since));
    takeovers.add("%s %.1f s".formatted(fault, took.toMillis() / 1000.0));
  }

  private void awaitReceiptOf(Node node, Instant since) {
    await()
        .atMost(Scheduler.PATIENCE)
        .until(
            () ->
                receipts.stream()
                    .anyMatch(one -> one.from().equals(node.name) && one.at().isAfter(since)));
  }

  private Instant firstOf(Node node, Instant since) {
    return receipts.stream()
        .filter(one -> one.from().equals(node.name) && one.at().isAfter(since))
        .map(Receipt::at)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static boolean isReady(Node node) {
    return node.http().get("/health/ready").status() == 200;
  }
}
