package io.actionscheduler.bench;

import static io.actionscheduler.bench.Herd.ACTIONS;
import static io.actionscheduler.bench.Herd.HERDS;
import static io.actionscheduler.bench.Herd.SCHEDULES;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Many actions due in the same second, to standard output, with progress on disk. */
final class HerdStdout implements Benchmark {
  private static final double TARGET = 300;

  @Override
  public String name() {
    return "herd-stdout";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules due in the same second, every 10 s, to standard output,"
        + " progress and history on disk, as by default; a receiver at the other end of the pipe takes the time of each line."
        + " Figures: milliseconds from the due time to the last line. Then `kill -9` two seconds"
        + " after the last herd, and a new start. The others print the same lines; Quartz and the"
        + " timer keep nothing on disk, db-scheduler keeps it in PostgreSQL.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Row ours = layout(session, "one SQLite file", "database.db", out);
    layout(session, "two SQLite files", "internal.db", out);
    if (session.measuresOthers()) {
      others(session, ours, out);
    }
  }

  private static void others(Session session, Row ours, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(10);
    Rivals rivals = new Rivals(session, ACTIONS, SCHEDULES, cadence);
    Herds timer = Rivals.herds(rivals.timer(), ACTIONS, cadence, 4);
    out.accept(Row.of("JDK timer, herds after the first", timer.rest(), "ms").against(ours));
    Herds quartz = Rivals.herds(rivals.quartz(), ACTIONS, cadence, 4);
    out.accept(
        Row.of("Quartz in memory, herds after the first", quartz.rest(), "ms").against(ours));
    Cadence minute = Cadence.every(60);
    Rivals slow = new Rivals(session, ACTIONS, SCHEDULES, minute);
    Herds db = Rivals.herds(slow.dbScheduler(), ACTIONS, minute, 1);
    out.accept(Row.millis("db-scheduler on PostgreSQL, one herd", db.first()).against(ours));
  }

  /** Gives the row of the herds after the first. */
  private static Row layout(Session session, String label, String internalFile, Consumer<Row> out)
      throws Exception {
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    Herd herd = Herd.prepare(session, Configs.sqlite(internalFile, true, 15));
    Cadence cadence = herd.cadence();
    Launch launch = herd.launch();
    Herds herds;
    double readyMillis;
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant readyAt = scheduler.awaitReady().receivedAt();
      readyMillis = Duration.between(scheduler.startedAt(), readyAt).toMillis();
      Instant first = cadence.after(readyAt);
      herds = Herds.receive(receiver, 0, ACTIONS, cadence, first, HERDS);
      Pause.until(herds.lastDueAt().plusSeconds(2));
      scheduler.killAndWait();
    }
    if (receiver.count() != ACTIONS * HERDS || receiver.other() > 0) {
      throw new IllegalStateException(receiver.count() + " lines, " + receiver.other() + " others");
    }
    Row row = Herd.rest(label + ", ", herds.lastMillis(), TARGET);
    out.accept(Row.millis(label + ", start to ready", readyMillis));
    out.accept(Herd.first(label + ", ", herds.lastMillis()));
    out.accept(row);
    out.accept(Row.count(label + ", lines before their time", herds.early()).atMost(0));
    int again = again(launch, cadence);
    out.accept(Row.count(label + ", delivered again after kill -9", again).atMost(0));
    return row;
  }

  /** How many fires came before the next herd, which itself must come once. */
  private static int again(Launch launch, Cadence cadence) throws Exception {
    LineReceiver receiver = new LineReceiver(ACTIONS * 2);
    Instant next = cadence.after(Instant.now());
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      scheduler.awaitReady();
      Pause.until(next.plusSeconds(8), () -> receiver.count() >= ACTIONS);
      Pause.until(next.plusSeconds(5)); // there would be time for more
      Arrivals arrivals = receiver.slice(0, Integer.MAX_VALUE);
      int again = arrivals.early(next);
      if (again == 0) {
        arrivals.requireEachOnce(ACTIONS, "after kill -9");
      }
      return again;
    }
  }
}
