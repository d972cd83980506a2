package io.actionscheduler.torture;

import io.actionscheduler.testing.FakeTime;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.PluginJars;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Receiver.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The default layout: table and store in one SQLite file; fires go to an append-only file. */
final class SqliteArena implements Arena {
  private static final Path SINK =
      Path.of("src/test/java/io/actionscheduler/torture/sink/Sink.java");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Chronicle chronicle = new Chronicle();
  private final Optional<FakeTime> clock; // empty where it cannot be stepped
  private final Receiver receiver;
  private final Rows rows;
  private final Victim victim;
  private final List<Long> seconds = new ArrayList<>();
  private String[] program = {};

  /**
   * @param forgets of the sentinel's fires, those at seconds that this divides are confirmed and
   *     never sent: a planted fault; 0 for none
   */
  SqliteArena(Path folder, long seed, int forgets) throws IOException, SQLException {
    this.folder = folder;
    this.clock = FakeTime.in(folder);
    SqliteTable.in(folder);
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    PluginJars.build(
        plugins.resolve("sink.jar"),
        Map.of("io.actionscheduler.torture.sink.Sink", Files.readString(SINK)));
    Random random = new Random(seed);
    this.receiver =
        Receiver.start(folder.resolve("received.log"), this::now, taken -> answer(taken, random));
    this.rows = new Rows(() -> SqliteTable.at(folder).connect());
    this.victim =
        new Victim(
            more ->
                launch()
                    .config(config(forgets))
                    .env(
                        "INTERNAL_DB__URL",
                        more.isEmpty() ? "jdbc:sqlite:database.db" : more.get(0)),
            chronicle);
  }

  private Launch launch() {
    Launch launch = Launch.in(folder).program(program);
    return clock.map(wall -> wall.applyTo(launch)).orElse(launch);
  }

  private Instant now() {
    return clock.map(FakeTime::now).orElseGet(Instant::now);
  }

  /** Another program than the packaged one. */
  void program(String... command) {
    program = command;
  }

  private static Answer answer(Receipt taken, Random random) {
    if (taken.action() == Rows.REFUSED) {
      // The first attempt at every fourth fire for certain, so that any run has refusals.
      boolean fourth =
          taken.passport().attempt() == 1 && taken.scheduledAt().getEpochSecond() % 8 == 0;
      return fourth || random.nextInt(20) == 0 ? Answer.NO : Answer.OK;
    }
    boolean hangsUp = taken.action() == Rows.UNANSWERED && random.nextInt(20) == 0;
    return hangsUp ? Answer.NONE : Answer.OK;
  }

  private String config(int forgets) {
    return """
    timezone: UTC
    track_changes_period: 1
    actions_db: {dialect: sqlite, database: database.db}
    action:
      callback: sink
      defaults: {merge_missed: false, actuality_time: -1}
    callbacks:
      sink: {type: io.actionscheduler.torture.sink.Sink, port: %d, forgets: %d, max_concurrent: 40}
    """
        .formatted(receiver.port(), forgets);
  }

  @Override
  public String name() {
    return "SQLite, append-only sink";
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
    List<Torment> torments = new ArrayList<>();
    torments.add(random -> victim.restart());
    torments.add(random -> victim.pause(Duration.ofMillis(2500 + random.nextInt(3500))));
    torments.add(random -> seconds.add(victim.startSecond()));
    torments.add(this::fillTheDisk);
    torments.add(this::killInFlight);
    torments.add(this::takeTheReceiverAway);
    clock.ifPresent(wall -> torments.add(random -> step(wall, 1, random)));
    clock.ifPresent(wall -> torments.add(random -> step(wall, -1, random)));
    return torments;
  }

  /** The file may grow no further; a later start lifts that. */
  private void fillTheDisk(Random random) throws Exception {
    victim.terminate();
    Instant from = Instant.now();
    long pages = Files.size(folder.resolve("database.db")) / 4096;
    victim.start("jdbc:sqlite:database.db?max_page_count=" + pages);
    victim.awaitReady();
    rows.insertIdle(500);
    victim.process().stderr().await("disk, or the file's own limit, is full", PATIENCE);
    Thread.sleep(2000 + random.nextInt(2000));
    if (random.nextBoolean()) {
      victim.kill();
    } else {
      victim.terminate();
    }
    victim.start();
    victim.awaitReady();
    chronicle.add(Fault.of(Kind.STORE_FULL, from, Instant.now()));
  }

  /** Killed while fires are on their way that the receiver never had. */
  void killInFlight(Random random) throws InterruptedException {
    Instant from = Instant.now();
    receiver.deaf(true);
    Thread.sleep(1200 + random.nextInt(1000));
    victim.kill();
    receiver.deaf(false);
    victim.start();
    victim.awaitReady();
    chronicle.add(Fault.of(Kind.TARGET_AWAY, from, Instant.now()));
  }

  /** Refused connections for some seconds. */
  void takeTheReceiverAway(Random random) throws Exception {
    Instant from = Instant.now();
    receiver.goAway();
    Thread.sleep(1500 + random.nextInt(3000));
    int before = receiver.count();
    receiver.comeBack();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (receiver.count() == before) {
      if (System.nanoTime() > deadline) {
        chronicle.found(
            "nothing was delivered in %s after the receiver was back:%n%s"
                .formatted(PATIENCE, victim.process().stderr().tail()));
        break;
      }
      Thread.sleep(10);
    }
    chronicle.add(Fault.of(Kind.TARGET_AWAY, from, Instant.now()));
  }

  /** The wall clock is set, and set right again some seconds later. */
  private void step(FakeTime wall, int direction, Random random) throws InterruptedException {
    Instant from = Instant.now();
    wall.step(Duration.ofSeconds(direction * (3L + random.nextInt(5))));
    Thread.sleep(1000 + random.nextInt(3000));
    Instant until = wall.now();
    wall.step(Duration.ZERO);
    // Set back, the program is silent until it has passed what it had reached.
    Instant passed = until.isAfter(Instant.now()) ? until : Instant.now();
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), passed).toMillis()) + 1);
    chronicle.add(Fault.of(Kind.CLOCK_STEP, from, passed));
  }

  @Override
  public Set<Kind> suffers() {
    Set<Kind> kinds =
        EnumSet.of(
            Kind.KILL,
            Kind.TERM,
            Kind.PAUSE,
            Kind.SECOND_PROCESS,
            Kind.STORE_FULL,
            Kind.TARGET_AWAY,
            Kind.REFUSAL);
    clock.ifPresent(wall -> kinds.add(Kind.CLOCK_STEP));
    return kinds;
  }

  @Override
  public Allowance allowance() {
    return Allowance.USUAL;
  }

  @Override
  public List<Receipt> receipts() {
    List<Receipt> all = receiver.receipts();
    for (Receipt receipt : all) {
      if (!receipt.accepted()) {
        chronicle.add(answered(Kind.REFUSAL, receipt));
      }
      if (seconds.contains(receipt.pid())) {
        chronicle.found("a second process delivered " + receipt.id());
      }
    }
    // Nobody tells the callback why the receiver hung up, so for a moment it is away for all.
    for (Receipt receipt : receiver.unanswered()) {
      Instant at = receipt.receivedAt();
      chronicle.add(Fault.of(Kind.TARGET_AWAY, at, at.plusSeconds(2)));
      chronicle.add(answered(Kind.LOST_ANSWER, receipt));
    }
    return all;
  }

  /** The next try comes within 2 s, and the next after that within 4 s. */
  private static Fault answered(Kind kind, Receipt receipt) {
    Instant at = receipt.receivedAt();
    return new Fault(kind, at, at.plusSeconds(6), Optional.of(receipt.action()));
  }

  @Override
  public void close() throws IOException {
    victim.close();
    receiver.close();
  }
}
