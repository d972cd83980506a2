package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

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
  public void run(Session session, Consumer<Row> out) throws Exception {
    measure(session, 10_000, OptionalDouble.of(1000)).forEach(out);
    measure(session, 100_000, OptionalDouble.empty()).forEach(out);
  }

  private static List<Row> measure(Session session, int schedules, OptionalDouble target)
      throws Exception {
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
          new Row(
              label + "herds after the first", herds.rest(), "ms", target, OptionalDouble.empty()),
          Row.of(label + "heap for each action", Figures.of(bytes), "bytes"));
    }
  }
}
