package io.actionscheduler.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestKafka;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Receipt.Merged;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Table and store on PostgreSQL, the store behind a proxy; fires go to Kafka, whose broker stamps
 * each record when it has it.
 */
final class KafkaArena implements Arena {
  private static final String TOPIC = "fires";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestPostgres postgres = TestPostgres.start();
  private final TestKafka kafka = TestKafka.start();
  private final TcpProxy proxy = TcpProxy.open();
  private final Chronicle chronicle = new Chronicle();
  private final Rows rows;
  private final Victim victim;
  private final boolean exactlyOnce;
  private final Duration sleep;

  /**
   * @param exactlyOnce whether records and progress are to be committed together
   * @param sleep for so long it is frozen once: longer than the lease of the store
   */
  KafkaArena(Path folder, boolean exactlyOnce, Duration sleep) throws Exception {
    this.exactlyOnce = exactlyOnce;
    this.sleep = sleep;
    String database = postgres.createDatabase();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT, command TEXT, cron TEXT,
            merge_missed BOOLEAN, actuality_time INTEGER)
          """);
    }
    kafka.createTopic(TOPIC, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    proxy.to(postgres.port());
    this.rows = new Rows(() -> postgres.connect(database));
    this.victim =
        new Victim(
            more ->
                Launch.in(folder)
                    .config(config(database))
                    .env("PG_PASSWORD", TestPostgres.PASSWORD),
            chronicle);
  }

  private String config(String database) {
    return """
    timezone: UTC
    track_changes_period: 1
    actions_db: {dialect: postgresql, host: 127.0.0.1, port: %d, database: %s, username: postgres,
      password: "${PG_PASSWORD}"}
    internal_db: {dialect: postgresql, host: 127.0.0.1, port: %d, database: %s, username: postgres,
      password: "${PG_PASSWORD}"}
    action:
      callback: kafka
      defaults: {merge_missed: false, actuality_time: -1}
    kafka: {server: "%s", topic: %s, exactly_once: %s}
    """
        .formatted(
            postgres.port(), database, proxy.port(), database, kafka.server(), TOPIC, exactlyOnce);
  }

  @Override
  public String name() {
    return "PostgreSQL, Kafka" + (exactlyOnce ? " exactly once" : "");
  }

  @Override
  public Rows rows() {
    return rows;
  }

  @Override
  public Victim victim() {
    return victim;
  }

  @Override
  public Chronicle chronicle() {
    return chronicle;
  }

  @Override
  public List<Torment> torments() {
    return List.of(
        random -> victim.pause(Duration.ofMillis(2500 + random.nextInt(3500))),
        random -> victim.sleepThroughItsLease(sleep),
        random -> victim.startSecond(),
        this::stopPostgres,
        this::stopTheBroker,
        this::cutBeforeTheCommit,
        this::cutBeforeTheCommit,
        this::cutAfterTheCommit,
        this::cutAfterTheCommit);
  }

  private void stopPostgres(Random random) throws InterruptedException {
    Instant from = Instant.now();
    postgres.stop();
    Thread.sleep(2000 + random.nextInt(4000));
    postgres.startAgain();
    chronicle.add(Fault.of(Kind.STORE_AWAY, from, Instant.now().plusSeconds(3)));
  }

  private void stopTheBroker(Random random) throws InterruptedException {
    Instant from = Instant.now();
    int before = kafka.read(TOPIC).size();
    kafka.stop();
    Thread.sleep(1000 + random.nextInt(8000));
    kafka.startAgain();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Instant back = Instant.now();
    while (kafka.read(TOPIC).stream().noneMatch(each -> each.timestamp() > back.toEpochMilli())
        && System.nanoTime() < deadline) {
      Thread.sleep(200); // a topic is asked, it tells nothing by itself
    }
    if (kafka.read(TOPIC).size() <= before) {
      chronicle.found("nothing was delivered in " + PATIENCE + " after the broker was back");
    }
    chronicle.add(Fault.of(Kind.TARGET_AWAY, from, Instant.now()));
  }

  /** Around the moment when progress is written: requests may not have got through. */
  private void cutBeforeTheCommit(Random random) throws InterruptedException {
    Thread.sleep(1000 - System.currentTimeMillis() % 1000 + random.nextInt(40));
    Instant from = Instant.now();
    proxy.cut();
    mend(random, from);
  }

  /** The server has done what it was asked, and its answer is lost. */
  private void cutAfterTheCommit(Random random) throws InterruptedException {
    Instant from = Instant.now();
    proxy.hold();
    proxy.awaitHeld();
    proxy.cut();
    proxy.release();
    mend(random, from);
  }

  private void mend(Random random, Instant from) throws InterruptedException {
    Thread.sleep(random.nextInt(1500));
    proxy.mend();
    chronicle.add(Fault.of(Kind.STORE_CUT, from, Instant.now().plusSeconds(2)));
  }

  @Override
  public Allowance allowance() {
    Allowance allowance = Allowance.USUAL.holding(Duration.ofSeconds(10));
    return exactlyOnce ? allowance.once() : allowance;
  }

  @Override
  public List<Receipt> receipts() {
    return kafka.readCommitted(TOPIC).stream().map(KafkaArena::receipt).toList();
  }

  private static Receipt receipt(ConsumerRecord<String, String> record) {
    String[] id = header(record, "fire-id").split("@");
    long count = Long.parseLong(header(record, "missed-count"));
    return new Receipt(
        Instant.ofEpochMilli(record.timestamp()),
        0,
        Integer.parseInt(id[0]),
        Instant.parse(id[1]),
        Integer.parseInt(header(record, "attempt")),
        count == 0
            ? Merged.NONE
            : Merged.of(
                count,
                Instant.parse(header(record, "first-missed")),
                Instant.parse(header(record, "last-missed"))),
        true);
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() throws Exception {
    victim.close();
    proxy.close();
    kafka.close();
    postgres.close();
  }
}
