package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Many different schedules due in the same second. */
final class Distinct implements Benchmark {
  private static final int ACTIONS = 100_000;
  private static final int HERDS = 6;

  @Override
  public String name() {
    return "distinct";
  }

  @Override
  public String work() {
    return "100,000 actions on 10,000 different schedules, and on 100,000, due in the same second,"
        + " every 10 s, to standard output, progress on disk. Milliseconds from the due time to the"
        + " last line.";
  }

  @Override
  public List<Row> run(Session session) throws Exception {
    List<Row> rows = new ArrayList<>(measure(session, 10_000));
    rows.set(1, rows.get(1).atMost(1000));
    rows.addAll(measure(session, 100_000));
    return rows;
  }

  private static List<Row> measure(Session session, int schedules) throws Exception {
    Cadence cadence = Cadence.every(10);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % schedules));
    LineReceiver receiver = new LineReceiver(ACTIONS * (HERDS + 1));
    cadence.awaitJustBehind();
    Launch launch = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      Instant first = cadence.after(scheduler.awaitReady().receivedAt());
      Herds herds = Herds.receive(receiver, 0, ACTIONS, cadence, first, HERDS);
      String label = "%,d schedules, ".formatted(schedules);
      double bytes = (double) Jcmd.liveBytes(scheduler.process()) / ACTIONS;
      return List.of(
          Row.millis(label + "first herd", herds.first()),
          Row.of(label + "herds after the first", herds.rest(), "ms"),
          Row.of(label + "heap for each action", Figures.of(bytes), "bytes"));
    }
  }
}
