package io.actionscheduler.bench;

import static io.actionscheduler.bench.Herd.ACTIONS;
import static io.actionscheduler.bench.Herd.HERDS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Many actions due in the same second, to Kafka, with progress on disk. */
final class HerdKafka implements Benchmark {
  private static final String TOPIC = "herd";

  private final boolean exactlyOnce;
  private final int target; // milliseconds

  private HerdKafka(boolean exactlyOnce, int target) {
    this.exactlyOnce = exactlyOnce;
    this.target = target;
  }

  static HerdKafka atLeastOnce() {
    return new HerdKafka(false, 800);
  }

  static HerdKafka exactlyOnce() {
    return new HerdKafka(true, 1_500);
  }

  @Override
  public String name() {
    return exactlyOnce ? "herd-kafka-exactly-once" : "herd-kafka";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules due in the same second, every 10 s, to a Kafka broker on"
        + " the same cores, acks=all, one partition, progress on disk (one SQLite file). Times are the"
        + " broker's: the moment at which it appended each record (LogAppendTime). Milliseconds from"
        + " the due time to the last record. Then `kill -9` two seconds after the last herd, and a new"
        + " start. The bare producer sends the same records in a loop."
        + (exactlyOnce
            ? " Here with exactly_once: true, in transactions, read by a consumer of committed"
                + " records; the commit comes some milliseconds behind the last record of its batch."
            : "");
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    try (Broker broker = Broker.start(session)) {
      broker.createTopic(TOPIC);
      Herd herd = Herd.prepare(session, Configs.kafka(broker.server(), TOPIC, exactlyOnce));
      AtomicReference<Instant> first = new AtomicReference<>();
      herd.runAndKill(herd.launch(), first::set);
      long sent = broker.count(TOPIC);
      herd.runAgain(
          herd.launch(),
          next -> {
            Pause.until(next.plusSeconds(5), () -> broker.count(TOPIC) >= sent + ACTIONS);
            Pause.until(Instant.now().plusSeconds(1));
          });
      Row ours = rows(broker.received(TOPIC), first.get(), herd.cadence(), out);
      if (session.measuresOthers()) {
        bareProducer(broker, 16, ours, out);
        bareProducer(broker, 128, ours, out);
      }
    }
  }

  /** Gives the row of the herds after the first. */
  private Row rows(Records records, Instant first, Cadence cadence, Consumer<Row> out) {
    List<Double> last = new ArrayList<>();
    for (int herd = 0; herd <= HERDS; herd++) {
      Instant dueAt = first.plusSeconds((long) herd * cadence.seconds());
      Arrivals arrivals = records.scheduledAt(dueAt);
      arrivals.requireEachOnce(ACTIONS, "herd " + (herd + 1));
      if (herd < HERDS) {
        last.add(arrivals.lastAfter(dueAt));
      }
    }
    Row ours = Herd.rest("", last, target);
    long surplus = records.count() - (long) ACTIONS * (HERDS + 1);
    out.accept(Herd.first("", last));
    out.accept(ours);
    out.accept(Row.count("records before their time", records.early()).atMost(0));
    out.accept(Row.count("delivered again after kill -9", surplus).atMost(0));
    return ours;
  }

  private static void bareProducer(Broker broker, int kibibytes, Row ours, Consumer<Row> out)
      throws Exception {
    Figures millis = broker.bareProducer(kibibytes * 1024, ACTIONS);
    String label = "bare producer, batches of " + kibibytes + " KiB";
    out.accept(Row.of(label, millis, "ms").against(ours));
  }
}
