package io.actionscheduler.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actionscheduler.testing.KafkaConversation;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.PostgresConversation;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TcpProxy.Moment;
import io.actionscheduler.testing.TestKafka;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Receipt.Merged;
import io.actionscheduler.torture.Receipt.Passport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Table and store on PostgreSQL, the store behind a proxy; fires go to Kafka, whose broker stamps
 * each record when it has it.
 */
final class KafkaArena implements Arena {
  private static final String TOPIC = "fires";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestPostgres postgres = TestPostgres.start();
  private final TcpProxy storeProxy = TcpProxy.open(PostgresConversation::new);
  private final TcpProxy kafkaProxy = TcpProxy.open(KafkaConversation::new);
  private final TestKafka kafka;
  private final Chronicle chronicle = new Chronicle();
  private final Rows rows;
  private final Victim victim;
  private final boolean exactlyOnce;
  private final Duration sleep;
  private int brokerStops;
  private int kafkaCuts;

  /**
   * @param exactlyOnce whether records and progress are to be committed together
   * @param sleep for so long it is frozen once: longer than the lease of the store
   */
  KafkaArena(Path folder, boolean exactlyOnce, Duration sleep) throws Exception {
    this.exactlyOnce = exactlyOnce;
    this.sleep = sleep;
    // Without transactions there is no commit to cut, and refused connections tell more.
    this.kafka = exactlyOnce ? TestKafka.behind(kafkaProxy) : TestKafka.start();
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
    storeProxy.to(postgres.port());
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
            postgres.port(),
            database,
            storeProxy.port(),
            database,
            kafka.server(),
            TOPIC,
            exactlyOnce);
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
    List<Torment> torments =
        new ArrayList<>(
            List.of(
                random -> victim.restart(),
                random -> victim.pause(Duration.ofMillis(2500 + random.nextInt(3500))),
                random -> victim.sleepThroughItsLease(sleep),
                random -> victim.startSecond(),
                this::stopPostgres,
                this::stopTheBroker,
                random -> cutTheStore(Moment.BEFORE, Kind.STORE_CUT_BEFORE, random),
                random -> cutTheStore(Moment.AFTER, Kind.STORE_CUT_AFTER, random)));
    if (exactlyOnce) {
      torments.add(random -> cutKafka(Moment.BEFORE, Kind.TARGET_CUT_BEFORE, random));
      torments.add(random -> cutKafka(Moment.AFTER, Kind.TARGET_CUT_AFTER, random));
      torments.add(this::killAtTheCommit);
    }
    return torments;
  }

  @Override
  public Set<Kind> suffers() {
    Set<Kind> kinds =
        EnumSet.of(
            Kind.KILL,
            Kind.TERM,
            Kind.PAUSE,
            Kind.LEASE_LOST,
            Kind.SECOND_PROCESS,
            Kind.STORE_AWAY,
            Kind.STORE_CUT_BEFORE,
            Kind.STORE_CUT_AFTER,
            Kind.TARGET_AWAY);
    if (exactlyOnce) {
      kinds.addAll(EnumSet.of(Kind.TARGET_CUT_BEFORE, Kind.TARGET_CUT_AFTER));
    }
    return kinds;
  }

  /** How long a fault lasts: nothing is waited for. */
  private static void last(int millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private void stopPostgres(Random random) throws InterruptedException {
    Instant from = Instant.now();
    postgres.stop();
    last(2000 + random.nextInt(4000));
    postgres.startAgain();
    chronicle.add(Fault.of(Kind.STORE_AWAY, from, Instant.now().plusSeconds(3)));
  }

  /** Every other time, the first included, for longer than a record is tried: 10 s. */
  private void stopTheBroker(Random random) throws InterruptedException {
    boolean isLong = brokerStops++ % 2 == 0;
    Instant from = Instant.now();
    kafka.stop();
    last(isLong ? 12_000 + random.nextInt(2000) : 1000 + random.nextInt(8000));
    kafka.startAgain();
    awaitDelivery();
    chronicle.add(Fault.of(Kind.TARGET_AWAY, from, Instant.now()));
  }

  private void awaitDelivery() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long back = System.currentTimeMillis();
    while (kafka.readCommitted(TOPIC).stream().noneMatch(each -> each.timestamp() > back)) {
      if (System.nanoTime() > deadline) {
        chronicle.found("nothing was delivered in " + PATIENCE + " after the broker was back");
        return;
      }
      Thread.sleep(200); // a topic is asked, it tells nothing by itself
    }
  }

  private void cutTheStore(Moment moment, Kind kind, Random random) throws InterruptedException {
    Optional<Instant> from = cut(storeProxy, moment);
    if (from.isPresent()) {
      last(random.nextInt(1500));
      storeProxy.mend();
      chronicle.add(Fault.of(kind, from.get(), Instant.now().plusSeconds(2)));
    }
  }

  /** Every other time for longer than the producer waits for the end of a commit: 5 s. */
  private void cutKafka(Moment moment, Kind kind, Random random) throws InterruptedException {
    Optional<Instant> from = cut(kafkaProxy, moment);
    if (from.isPresent()) {
      boolean isLong = kafkaCuts++ % 2 == 0;
      last(isLong ? 6000 + random.nextInt(1000) : random.nextInt(1500));
      kafkaProxy.mend();
      awaitDelivery();
      chronicle.add(Fault.of(kind, from.get(), Instant.now()));
    }
  }

  /** The next process must find out by itself what became of the commit. */
  private void killAtTheCommit(Random random) throws InterruptedException {
    boolean before = random.nextBoolean();
    Optional<Instant> from = cut(kafkaProxy, before ? Moment.BEFORE : Moment.AFTER);
    victim.kill();
    kafkaProxy.mend();
    victim.start();
    victim.awaitReady();
    Kind kind = before ? Kind.TARGET_CUT_BEFORE : Kind.TARGET_CUT_AFTER;
    from.ifPresent(at -> chronicle.add(Fault.of(kind, at, Instant.now())));
  }

  /** Cuts at the next commit, wherever it may be; tells when it did. */
  private Optional<Instant> cut(TcpProxy proxy, Moment moment) throws InterruptedException {
    proxy.cutAt(moment);
    if (proxy.awaitCut(PATIENCE)) {
      return Optional.of(Instant.now());
    }
    chronicle.found("there was no commit in " + PATIENCE);
    return Optional.empty();
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
    Merged merged =
        count == 0
            ? Merged.NONE
            : Merged.of(
                count,
                Instant.parse(header(record, "first-missed")),
                Instant.parse(header(record, "last-missed")));
    String command = record.value().replaceFirst("\\{\"command\": \"(.*)\"}", "$1");
    return new Receipt(
        Instant.ofEpochMilli(record.timestamp()),
        0,
        Integer.parseInt(id[0]),
        Instant.parse(id[1]),
        new Passport(Integer.parseInt(header(record, "attempt")), merged, command),
        true);
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() throws Exception {
    victim.close();
    storeProxy.close();
    kafkaProxy.close();
    kafka.close();
    postgres.close();
  }
}
