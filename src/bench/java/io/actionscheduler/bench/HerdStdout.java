package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Many actions due in the same second, to standard output, with progress on disk. */
final class HerdStdout implements Benchmark {
  private static final int ACTIONS = 100_000;
  private static final int SCHEDULES = 200;
  private static final int HERDS = 6;
  private static final double TARGET = 300;

  @Override
  public String name() {
    return "herd-stdout";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules due in the same second, every 10 s, to standard output,"
        + " progress on disk; a receiver at the other end of the pipe takes the time of each line."
        + " Figures: milliseconds from the due time to the last line. Then `kill -9` two seconds"
        + " after the last herd, and a new start. The others print the same lines; Quartz and the"
        + " timer keep nothing on disk, db-scheduler keeps it in PostgreSQL.";
  }

  @Override
  public List<Row> run(Session session) throws Exception {
    List<Row> rows = new ArrayList<>(layout(session, "one SQLite file", "database.db"));
    rows.addAll(layout(session, "two SQLite files", "internal.db"));
    Row ours = rows.get(1);
    Cadence cadence = Cadence.every(10);
    Rivals rivals = new Rivals(session, ACTIONS, SCHEDULES, cadence);
    Herds timer = Rivals.herds(rivals.timer(), ACTIONS, cadence, 4);
    rows.add(Row.of("JDK timer, herds after the first", timer.rest(), "ms").against(ours));
    Herds quartz = Rivals.herds(rivals.quartz(), ACTIONS, cadence, 4);
    rows.add(Row.of("Quartz in memory, herds after the first", quartz.rest(), "ms").against(ours));
    Cadence minute = Cadence.every(60);
    Rivals slow = new Rivals(session, ACTIONS, SCHEDULES, minute);
    Herds db = Rivals.herds(slow.dbScheduler(), ACTIONS, minute, 1);
    rows.add(Row.millis("db-scheduler on PostgreSQL, one herd", db.first()).against(ours));
    return rows;
  }

  private static List<Row> layout(Session session, String label, String internalFile)
      throws Exception {
    Cadence cadence = Cadence.every(10);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
    Launch launch = Launch.in(folder).config(Configs.sqlite(internalFile, true, 15));
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    cadence.awaitJustBehind();
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
    return List.of(
        Row.millis(label + ", first herd", herds.first()),
        Row.of(label + ", herds after the first", herds.rest(), "ms").atMost(TARGET),
        Row.count(label + ", lines before their time", herds.early()).atMost(0),
        Row.count(label + ", delivered again after kill -9", again(launch, cadence)).atMost(0),
        Row.millis(label + ", start to ready", readyMillis));
  }

  /** How many fires came before the next herd, which itself must come once. */
  private static int again(Launch launch, Cadence cadence) throws Exception {
    LineReceiver receiver = new LineReceiver(ACTIONS * 2);
    Instant next = cadence.after(Instant.now());
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      scheduler.awaitReady();
      Pause.until(next.minusMillis(100));
      int before = receiver.count();
      Pause.until(next.plusSeconds(8), () -> receiver.count() >= before + ACTIONS);
      Pause.until(Instant.now().plusSeconds(1));
      receiver.slice(before, Integer.MAX_VALUE).requireEachOnce(ACTIONS, "after kill -9");
      return before;
    }
  }
}
